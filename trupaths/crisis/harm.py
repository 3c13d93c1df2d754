"""LEAF: the wording of harm in English: to the body, by others, to others. See words.py."""

# Long lines: a phrase reads best in one piece.
# ruff: noqa: E501

from .vocabulary import (
    ALCOHOL,
    DRUG,
    OWN,
    PERSON,
    POISON,
    REFLEXIVE,
    WANT,
    any_of,
    gap,
)

BODY = any_of(
    "wrists? arms? legs? thighs? throat veins? skin hips? stomach ankles? forearms? hands? neck body chest shoulders? face"
)
HURT = any_of(
    "cut(?:s|ting)? burn(?:s|ed|t|ing)? hurt(?:s|ing)? harm(?:s|ed|ing)? hit(?:s|ting)? punch(?:es|ed|ing)? bruis(?:e|es|ed|ing) scratch(?:es|ed|ing)? stab(?:s|bed|bing)? "
    "bit(?:e|es|ing)? injur(?:e|es|ed|ing) slic(?:e|es|ed|ing) mutilat(?:e|es|ed|ing) brand(?:ed|ing)? whip(?:ped|ping)? slap(?:s|ped|ping)? bang(?:s|ed|ing)? carv(?:e|es|ed|ing) "
    "scar(?:red|ring)? chok(?:e|es|ed|ing) beat(?:s|ing)? tortur(?:e|ing) punish(?:es|ed|ing)? pierc(?:e|ing) stick(?:ing)?_needles_in starv(?:e|es|ed|ing)"
)  # fmt: skip
SELF_HARM = [
    "(?:cut(?:ting)?|self ?harm(?:ing)?|hurt(?:ing)? myself|burn(?:ing)? myself) (?:[a-z0-9]+ ){0,6}?(?:and|but|then|until) (?:i )?(?:have |had |just |now )*(?:started (?:it |up |back )?(?:again|last|tonight|yesterday)|relapsed|did it again|went back to it|slipped (?:tonight|again|last|yesterday|today)|am back (?:at|to) it|cut again|want to (?:again|start again|do it))",
    "i (?:[a-z]+ )?(?:cut|cutting|scratch|burn) (?:a little|a bit|a few times|lightly|sometimes|when i am (?:sad|alone|stressed|upset|angry)|at night|in the shower|in secret|where (?:nobody|no 1) (?:sees|looks|can see))(?! (?:back|out|down|off|of))(?= (?:to|so|because|when|and|but|is|it)| $)",
    "(?:cut|cutting|burn|burning|scratching) (?:[a-z]+ ){0,2}?(?:to cope|helps me (?:cope|calm down|breathe)|so i can (?:cope|feel|breathe)|to (?:feel (?:something|anything|alive|real)|get through the (?:day|night)))(?! (?:fit|healthy|lighter))",
    f"{HURT} {REFLEXIVE}",
    "self ?(?:harmm?(?:s|ed|ing|er)?|injur(?:y|e|ing|ious)|mutilat(?:e|ion|ing)|cut(?:ting)?|hurt)",
    "selfharm[a-z]*",
    "sh relapse",
    "relapsed? (?:on|with|into|to) (?:sh|cutting|self|burning|hurting)",
    "(?:been|keep|keeps|kept|start(?:ed|s)?|back to|back|think(?:ing)? (?:about|of)|thought about|urges? to|urge|want(?:s|ed)? to|need(?:s)? to|going to|can not stop|stop|stopped|crav(?:e|ing)|feel(?:s|ing)? like|like|resist|miss|addicted to|tempted to|about|again|began|resort(?:ed|ing)? to|clean from|free from|caught|i am|i was|is|was|tried|trying to stop|do not want to stop) (?:to )?(?:cut|cutting)(?= (?:again|myself|tonight|and|because|so|when|to (?:cope|feel|deal)|deep(?:er)?|helps?|every|after|since|i|now|right|today|at school|her|his|my (?:arm|leg|wrist|thigh|skin|body)s?|more|is|before|but|until|if)| $)(?! (?:down|back|out|my (?:dose|hours|hair)|hair|carbs|meat))",
    "cutting (?:helps|makes|is the only|again|every|relieves|feels|numbs|to feel|to cope|deeper)(?: me)?",
    "(?:cut|cutting|cuts) (?:deep|deeper|too deep)(?= $| (?:and|this|i|again|enough|it))",
    f"(?:slit|slits|slitting|cut|cuts|cutting|slash|slashed|slashing|slice|slicing|sliced|open(?:ing)?|burn(?:s|ed|t|ing)?|carv(?:e|ed|ing)(?: [a-z]+)?|scratch(?:ed|ing)?|stab(?:bed|bing)?|bit(?:e|ing)|razor|pick(?:ing)?) (?:up |into |open |on |at )?{OWN} (?:[a-z]+ )?(?:wrists?|arms?|legs?|thighs?|throat|veins?|skin|hips?|stomach|forearms?|ankles?|body)(?! (?:while|cooking|playing|at (?:work|the gym|practice)|on (?:the|a)|falling|skiing|running|lifting|in (?:a|the|an)|last (?:week|year) (?:at|in|playing)|gardening|off|is|and (?:need|my knee)|by accident|accidentally))",
    "(?:cut|cutting|cuts|burn(?:ed|t|ing)?|scratch(?:ed|ing)?) (?:[a-z]+ )?(?:arm|arms|leg|legs|wrist|wrists|thigh|thighs|skin|hand) (?:[a-z]+ ){0,3}?(?:with (?:a |my )?(?:lighter|cigarettes?|razor|blade|knife|scissors|glass|iron|matches)|on purpose|until|to (?:feel|punish|cope|calm|numb)|again|because i (?:hate|feel|was|am|deserve))",
    f"(?:cuts|cut marks|burns|scars|scratches|fresh cuts|marks) (?:all )?(?:over|on|up|down) {OWN} (?:[a-z]+ )?{BODY}(?! (?:from (?:surgery|the accident|acne)|surgery))",
    "(?:cuts|wounds|scars|marks) (?:i|he|she|they) made",
    "(?:with|use|using|used) (?:a |my |the )?(?:razor|lighter|blade|knife|scissors|cigarette|glass|pencil sharpener|needle)(?: blade)? (?:to |on |against )(?:my|cut|burn|hurt|scratch|feel)(?: (?:skin|arm|arms|wrist|wrists|leg|legs|thigh|thighs|myself|something))?",
    f"(?:cut|cutting|burned|burnt|burning|burn|hurt|hit|hitting|punch|punching|break|breaking|broke|broken|cut up|starve|injure|throw up|damage|fall|crash|overdose|overdosed) (?:myself|(?:{OWN}|a|the|into) [a-z]+|things|walls?|it)? ?{gap(4)}on purpose",
    f"(?:punch|punching|hit|hitting|bang|banging|scratch|scratching|pick|picking|bite|biting|beat|beating|slam|slamming|smash|smashing|rub|rubbing|cut|cutting|dig|digging|claw|clawing|head) {gap(5)}(?:until|so hard|so much|to) (?:that |i |my |it |they |he |she |his |her |the )*(?:[a-z]+ )?(?:bruis(?:e|es|ed)|bleed(?:s|ing)?|blood|bled|feel something|numb|raw|broken|pain stops|passes? out|hurts?|feel pain|scars?)",
    f"(?:bang|banging|slam|slamming|hit|hitting|smash|smashing|bash|bashing) {OWN} (?:head|fists?|hand) (?:against|on|into) (?:the |a )?(?:wall|floor|door|desk|table|mirror)(?! by accident)",
    f"carv(?:e|ed|ing) (?:[a-z]+ ){{0,3}}?(?:in|into|on) {OWN} {BODY}",
    "(?:need|want|deserve|crave|have|like) (?:to )?(?:feel |be in |cause myself |inflict )?(?:physical |the |more )?pain (?:to (?:feel|cope|calm|distract|be)|on myself|helps|i deserve)",
    "(?:deserve|need|want|going|have|urge|got) to (?:be )?(?:punish(?:ed)?|hurt|suffer|bleed|feel pain|see (?:my )?blood|see myself bleed)(?= (?:myself|for (?:what|being|everything)|right now|tonight|again|so bad|i|because|and)| $)(?: myself)?",
    "(?:urges?|impulse|impulses|temptation) (?:to (?:self|harm|hurt|cut|burn|injure)|are (?:back|strong|bad)|for (?:self|cutting))",
    "(?:skin|wrists?|arms?|thighs?) (?:until|til) (?:it|they|i) bleeds?",
    "hurting myself",
    "(?:cut|cutting|burn|burning|starve|starving|hurt|hurting|scratch|scratching) to (?:cope|feel|deal|calm|punish|numb|sleep|get through|breathe|survive)",
    "watch(?:ing)? myself bleed",
    "(?:i|he|she|they) (?:have |has |had |am |is |been |was )?(?:cut|cuts|cutting|burn(?:ed|t|ing)?|sliced|slicing) (?:again|deep|deeper|too deep|so deep|last night|tonight|today|this morning|yesterday|every (?:day|night)|when|to (?:cope|feel)|on (?:my|his|her))(?! (?:cooking|i was|the (?:stove|grill)|he was))",
    "(?:clean|stopped|free|away|abstinent|[0-9]+ days|urges?|addicted|addiction|relapse|relapsed|history) (?:from|of|off|to|with|on) (?:self|cutting|burning|sh)(?= (?:harm|injury|for|but|and|since|until|now|again|so)| $)",
    "(?:covered|full) (?:in|of|with) (?:fresh |my own |self )?(?:cuts|scars|burns|scratches|slashes)(?! (?:from (?:surgery|acne|the accident)))",
    "(?:fresh|new|hiding|hide|hid|show|bandag(?:e|ing|ed)|clean(?:ing)?|infected|deep) (?:my |the |her |his |up )*(?:cuts|self harm|razor|scars from cutting|blades?|wounds i)(?! (?:on my (?:lawn)|of meat))",
    "(?:pull(?:ing)?|rip(?:ping)?|tear(?:ing)?) (?:out )?(?:my|her|his) (?:hair|skin|nails)(?: out)? (?:until|to (?:feel|punish)|because i (?:hate|deserve)|when i (?:hate))",
    "(?:blood|cuts|scars|blades?|razors?) (?:[a-z]+ ){0,3}?(?:in|on|under) (?:my|his|her) (?:[a-z]+ )?(?:room|arms?|bed|wrists?|sheets|pillow|legs?|thighs?|backpack|drawer)(?! (?:pressure|test|clot|sugar))",
    "(?:want|wanna|wanted|wants|need|needs|going|dying|urge|urges|tempted|craving|crave|trying not|have|had|thinking) (?:to )?(?:cut|self harm|burn|slice|bleed)(?= (?:so|again|bad|badly|right now|tonight|now|myself|deep|today|until|and|because|it out|more)| $)(?! (?:it short|fat|and (?:run|paste)))",
    "(?:scars|cuts|wounds) (?:[a-z]+ ){0,5}?(?:because i |keep |i keep |from |reopening|again )+(?:cutting|cut|picking|burning|self|reopen[a-z]*)",
    "cutting (?:them|it|her|him)?self",
    f"(?:{PERSON}|[0-9]+ years? olds?(?: [a-z]+)?) (?:is|has been|was|keeps|started|admitted) (?:[0-9]+ (?:years? old )?and (?:is )?)?cutting(?= $| (?:and|what|which|how|can|again|at (?:school|night|home)|because|so|when|where|who|does|do|she|he|i|we|is there)\\b)",
    "(?:my|our|his|her) (?:[a-z]+ )?(?:teens?|teenagers?|kids?|child(?:ren)?|girls?|boys?|daughter|son|students?|[0-9]+ years? olds?) (?:who |that |still |also )?cuts?(?= $| (?:and (?:what|i|how|is|does)|what|again|at (?:school|night)|because|when (?:she|he|they|upset|sad)))(?! (?:class|hair))",
    "keep (?:cutting|burning|hurting|reopening|scratching)(?! (?:costs|carbs|back|calories|my hours))",
    "(?:hit(?:ting)?|bang(?:ing)?|slam(?:ming)?|punch(?:ing)?|bash(?:ing)?|smash(?:ing)?|beat(?:ing)?) (?:my|his|her) (?:own )?(?:head|face|legs?|arms?|hands?|fists?|body) (?:on|against|into|in|with) (?:the |a |my )?(?:wall|floor|desk|hammer|fists?|door|walls|table|mirror|book)s?(?! (?:by accident|cabinet))",
    "(?:my|her|his|their) (?:cutting|self harm|self harming|burning|self injury|sh) (?:is|has|got|gets|keeps|habit|addiction|urges?|relapse|problem|became|scares|started)(?: [a-z]+){0,2}",
]

EATING = [
    "(?:had|eaten|ate|eat|allow(?:ed|ing)? myself|let(?:ting)? myself have|living on|lived on|surviv(?:ed|ing) on) (?:only |just |nothing but |like |about )*(?:[0-9]+|half|one|a|an|two|three|some)(?: an?)? (?:[a-z]+ )?(?:apples?|bananas?|eggs?|crackers?|rice cakes?|oranges?|yogurts?|granola bars?|carrots?|grapes?|bites?|almonds?|meals?|pieces? of (?:fruit|toast|gum|bread)|slices? of (?:apple|toast|bread)) (?:this week|all week|in (?:[0-9]+|two|three|four|five|six|seven|a few|several) days|for (?:[0-9]+|two|three|four|five|six|seven) days|since (?:last|sunday|monday|tuesday|wednesday|thursday|friday|saturday)|every (?:[0-9]+|two|three|other) days?)",
    "(?:throw(?:s|ing)?|threw|bring(?:ing)?|puk(?:e|es|ed|ing)|vomit(?:s|ed|ing)?|purg(?:e|es|ed|ing)|make(?:s)? (?:myself|herself|himself) (?:throw up|vomit|sick|puke)|making (?:myself|herself|himself) (?:throw up|vomit|sick)|made (?:myself|herself|himself) (?:throw up|vomit|sick)) (?:up |back up )?(?:after |with |all |of )*(?:every|each|everything|all|any|anything|whatever|most|multiple|several|ten|five|three|many|[0-9]+|twice)(?: of)? (?:meals?|times?|food|i eat|bite|single|thing|day|times a day|of my|she eats|he eats|my)(?! (?:on chemo|since (?:chemo|surgery)))",
    "mak(?:e|es|ing) (?:myself|himself|herself|themselves) (?:throw up|vomit|sick|puke|purge|gag)",
    "made (?:myself|himself|herself) (?:throw up|vomit|sick|puke|purge)",
    "(?:keep|keeps|can not stop|been|started|back to|kept|still) (?:throwing up (?:on purpose|after|my food|what|everything)|purging|making myself|binging and purging|starving|restricting|vomiting on purpose)",
    "purg(?:e|es|ed|ing) (?:[a-z0-9]+ ){0,6}?(?:blood|heart|faint(?:ed|ing)?|dizzy|chest|pass(?:ed|ing)? out|collapse|can not stop|weak|times|daily)",
    f"(?:bulimi[a-z]*|anorexi[a-z]*|eating disorder|ed|laxatives|starving|fasting|not eating|restricting|diet pills) {gap(9)}(?:heart|faint(?:ed|ing|s)?|pass(?:ed|es|ing)? out|blood|collaps(?:ed|ing|es)|chest|dizzy|dying|die|can not stand|blackouts?|black(?:ed|ing) out|pulse|potassium|bpm|hospital now|weighs? [0-9]+|weak|unconscious)",
    f"(?:heart|faint(?:ed|ing)?|pass(?:ed|ing)? out|blood|collaps(?:ed|ing)|dizzy|weak) {gap(9)}(?:purg(?:e|ed|ing)|bulimi[a-z]*|anorexi[a-z]*|laxatives|starving myself|not eating|restricting)",
    "(?:not|never|barely|hardly|stopped|refus(?:es|ed|ing)|no|without|nothing|quit) (?:had |have |has |been |to |able to |anything to |been able to |touched |any |a |really |proper |solid |real )*(?:eat(?:en|ing)?|food|meals?|ate)(?: anything| food| or drink| or drank| or drinking| a thing| solid food| anything solid| at all| much| a meal| to eat| real food)? (?:[a-z]+ )?(?:in|for|since|over|about|almost|nearly|past) (?:like |about |over |almost |the past |the last |nearly |past |more than )*(?:[a-z0-9]+ )?(?:days?|weeks?|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|last (?:week|monday|tuesday|wednesday|thursday|friday|saturday|sunday))(?! (?:for|before) (?:surgery|the procedure))",
    "(?:only|nothing but|living on|surviving on) (?:[a-z]+ ){0,2}?(?:water|coffee|diet coke|ice|gum|air)(?: and [a-z]+)? (?:[a-z]+ ){0,3}?(?:days?|weeks?|no food|anymore|this week|since|all (?:day|week)|for)",
    "(?:fast(?:ed|ing)?|starv(?:e|ed|ing)|food) (?:[a-z]+ ){0,3}?(?:for |since )(?:[a-z0-9]+ )?(?:days|weeks|a week)(?! (?:for|before) (?:surgery|religious|ramadan))",
    f"starv(?:e|es|ed|ing) {REFLEXIVE}",
    "starv(?:e|ing) to death",
    "(?:[0-9]+|a|box of|handful of|whole box of|lots of|too many|many|several|ten|twenty|thirty|dozens of|taking) laxatives(?: a day| daily| every)?",
    "(?:eat(?:ing)?|ate|living on|surviving on) (?:[a-z]+ ){0,3}?(?:[0-9]{1,3}|two hundred|three hundred|one hundred) calories (?:a|per) day(?= (?:and|i|but|for)| $)",
    "(?:refuses?|refusing|will not|stopped) (?:to )?eat(?:ing)? (?:[a-z]+ ){0,5}?(?:faint(?:ed|ing|s)?|weak|collaps(?:ed|ing|es)|pass(?:ed|es|ing)? out|stand up|days|week|pounds|kilos|drink|hospital)",
    "(?:weigh(?:s)?|down to|bmi (?:is|of)|lost) (?:[a-z]+ ){0,2}?[0-9]{2} (?:pounds|lbs|kg|kilos)? ?(?:[a-z]+ ){0,4}?(?:faint(?:ing|ed)?|can not eat|not eating|still feel fat|and i am (?:cold|dizzy|weak)|want to lose more|can not stop|still too fat|anorexi[a-z]*)",
    "binge(?:ing)? (?:eat )?and (?:then )?(?:vomit|purge|throw|puke)(?:ing)?",
    "stop myself from eating",
    "(?:ribs?|ribcage|hip ?bones?|collarbones?) (?:[a-z]+ ){0,3}?stick out",
    "(?:tips|communities|blogs?|websites?|help me|how to|want to) (?:[a-z]+ ){0,4}?(?:be|being|become|becoming|stay) (?:anorexic|bulimic)",
    "(?:pro ana|pro mia|thinspo)(?: [a-z]+)?",
    "(?:faint(?:ed|ing)?|pass(?:ed|ing)? out|black(?:ed|ing) out|collaps(?:ed|ing)|dizzy|weak|chest (?:hurts|pain|pains)|heart) (?:[a-z0-9]+ ){0,8}?(?:(?:do|did|can|have|will|am) not (?:eat|eaten|eating|keep (?:food|anything) down)|not eat(?:en|ing)?|starv(?:e|ed|ing)|without (?:eating|food)|refus(?:e|es|ing) to eat)",
    "(?:keep|hold) (?:any |no )?(?:food|anything|nothing) down (?:[a-z]+ ){0,3}?(?:make myself|purge|because i (?:purge|make|throw))",
    "(?:weighs?|weigh|weighing|bmi|down to|dropped to|lost) (?:[a-z]+ ){0,3}?[0-9]{2} (?:pounds|lbs|kg|kilos|lb)(?= (?:and (?:passed|fainted|still|i (?:still|can not)|she|can not|keep|not|want)|but (?:still|i still)|now and|because i (?:do not|am not|starve)|anorex|from (?:not|starv|purg)))",
]

VOICES = [
    "(?:voices?|demons?|spirits?|satan|the devil|god|something|my head|my mind|it|they|tv|radio|aliens|my dead [a-z]+|angels?) (?:in my head |in his head |in her head |in my mind |i hear |keeps? |keep |is |are |was |were |that |who |inside |always |have been |has been |been |started |will not stop |of [a-z]+ )*(?:tell(?:s|ing)?|told|say(?:s|ing)?|said|want(?:s|ing)?|command(?:s|ing)?|order(?:s|ing)?|scream(?:s|ing)?(?: at)?|urg(?:e|es|ing)|push(?:es|ing)?|ask(?:s|ing)?|instruct(?:s|ing)?|forc(?:e|es|ing)|mak(?:e|es|ing)|yell(?:s|ing)?|whisper(?:s|ing)?) (?:at |that |for )?(?:me|i|him|her|us|my [a-z]+) (?:to |that |should |must |have to |need to |i |am |deserve |to go |they want me to |it is |will |has to |going to )*(?:kill|die|hurt|harm|jump|cut|end|stab|do (?:it|bad|terrible)|burn|shoot|attack|worthless|go|strangle|overdose|unalive|suicide|walk into|stop eating|punish|obey|drown|run into|be punished|not deserve|bad things|things)(?! (?:to (?:the )?(?:doctor|gym|therapy|church|class|bed)|out (?:more|for)))",
    "voices? (?:(?:in my|in his|in her) head )?(?:are |is |keep |keeps |have been |started )*(?:tell(?:s|ing)?|told|say(?:s|ing)?|said|command(?:s|ing)?|want(?:s)?) (?:me|i|him|her|that|us)",
    "(?:hear(?:s|ing)?|heard) (?:[a-z]+ )?voices? (?:[a-z]+ ){0,3}?(?:tell(?:s|ing)?|say(?:s|ing)?|command(?:s|ing)?|want(?:s|ing)?|kill|hurt|die|end|who want)",
    "(?:command|commanding) (?:voices|hallucinations)",
    "hear(?:s|ing)? commands",
    "voices? (?:say|says|said|tell me|keep saying) (?:they|it) (?:will|are|is|can) (?:not )?(?:[a-z]+ ){1,4}?(?:dead|die|do it|hurt|kill)",
    "voices? (?:will|would) not (?:stop|quit|be quiet|let up|shut up|leave) (?:until|unless) i (?:[a-z]+ ){0,3}?(?:dead|die|do|hurt|kill|jump)",
    "voices? (?:in my head )?(?:says?|said|keeps? saying|tells? me) (?:go on |do it |now |just |to )*(?:step|jump|push|cut|kill|stab|walk into|swallow|hang|drown|strangle|burn)",
    "(?:an angel|god|jesus|the devil|satan|a demon|the tv|the radio) (?:tells?|told|says?|said|wants) (?:me )?(?:to |i (?:must|have to|should) )(?:(?:take|bring) (?:my |the |our )?(?:kids?|children|babies|baby|son|daughter|family) (?:to (?:heaven|god|jesus)|with me)|(?:kill|drown|stab|hurt|sacrifice|burn) (?:my |the |our )?(?:[a-z]+ )?(?:kids?|children|babies|baby|son|daughter|family|wife|husband|mother|neighbor))",
]

FEW = "(?:like |about |around |almost |over |down |at least |up |nearly |maybe |only |roughly |probably |an extra |another |more than )*"
MANY = (
    "(?:way too (?:many|much)|too (?:many|much)|so (?:many|much)|(?:a |an |the |my |his |her |their |one |two |half (?:a |the |my )?|one of (?:my|his|her) )?(?:whole |entire |full |big |huge |big old )*"
    "(?:handfuls?|bottles?|box|boxes|pack|packs|bunch|fistfuls?|bag|blister packs?|month s (?:supply|worth)|supply|month worth|prescription)(?: of)?|all(?: of)?|every(?: single| one of| last)?|everything in|"
    "the rest of|(?:[0-9]{2,}|[5-9]|ten|fifteen|twenty|thirty|forty|fifty|sixty|a hundred|dozens?(?: of)?|several|double|triple)(?! mg| milligrams| ml| mcg| mgs| units| years| minutes| hours| days| weeks)|enough|most of|extra)"
)
TOOK = any_of(
    "took taken swallow(?:ed|s|ing)? ate drank drunk down(?:ed|ing) ingested popped injected mixed snorted did chugged consumed gulped overdosed_on od_on shot smoked huffed"
)
BREATH = any_of(
    "breath breathe breathes breathing respond responds responding responsive wake wakes waking waking_up wake_up move moves moving conscious reacting react answering_me alert"
)
DOWN = (
    f"(?:(?:will|can|does|do|did|is|are|am|was) not {BREATH}|not {BREATH}|barely (?:able to )?(?:breath(?:e|es|ing)?|conscious|awake|responding|responsive|moving|alive)|hardly {BREATH}|stopped (?:breathing|moving|responding)|can not wake|"
    "pass(?:ed|ing|es)? out|black(?:ed|ing) out|turn(?:ed|ing|s)? (?:blue|gr[ae]y|purple|pale)|blue|unconscious|unresponsive|not responsive|gurgling|foam(?:ing)?|collaps(?:ed|ing)|limp|no pulse|cold and|slurring|nodd(?:ing|ed) (?:off|out)|"
    "seizing|convulsing|having a seizure|snoring weird|snoring loud|vomiting blood|can not (?:stay awake|move|breathe)|fad(?:ing|ed)|throwing up|vomiting|dizzy|sleepy|going in and out|in and out of consciousness|heart (?:is )?(?:racing|slow|stopped|beating))"
)
OVERDOSE = [
    "(?:narcan|naloxone) (?:is |was |has |had |he |she |and |but |still )*(?:not (?:work(?:ing|ed)?|help(?:ing|ed)?|do(?:ing)? (?:anything|it))|did not (?:work|help|do (?:anything|it))|does not (?:work|help)|no (?:sirve|funciona|funciono|hace nada))(?! (?:on (?:alcohol|meth|cocaine|xanax)))",
    "(?:gave|used|sprayed) (?:him|her|them|my [a-z]+)?(?: [a-z]+){0,3} ?(?:narcan|naloxone) (?:[a-z]+ ){0,5}?(?:not|still|nothing)",
    "too late (?:to (?:throw up|call|go in|fix it) )?if i (?:already )?(?:took|swallowed|drank|ate) (?:them|it|all|the|too)",
    "(?:overdos|overdoze|ovrdos|overdoes|overdoas|overdoss)(?!es of)[a-z]*",
    "od(?:ed|ing)",
    f"(?:had|taken|took|eaten|swallowed|popped|downed) {FEW}(?:[0-9]{{2,}}|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred|dozens|a (?:whole )?(?:month|week)(?: s)?(?: worth)?|(?:two|three) weeks(?: worth)?) (?:of )?(?:my |these |those |the |his |her |them )*(?:[a-z]+ ){{0,3}}?{DRUG}",
    "od(?= (?:on|and|now|right|again|last|in|tonight|yesterday|at|himself|i)| $)",
    "o d ed",
    f"{TOOK} {FEW}{MANY} (?:of )?(?:my |his |her |their |the |our |grandmas |moms |dads |these |those |old |prescription |prescribed )*(?:[a-z]+ ){{0,3}}?(?:{DRUG}|{POISON}|pills|vodka|whiskey|tequila|rum|them|it)",
    f"(?:take|takes|taking) {FEW}(?:way too many|(?:a |the )?(?:whole |entire )(?:bottle|box|pack|bunch|handful)(?: of)?|(?:a )?handful of|[0-9]{{2,}} (?!mg|milligrams|ml|mcg|mgs)) ?(?:of )?(?:my |his |her |the |their )?(?:[a-z]+ ){{0,2}}?{DRUG}(?! (?:a|every|each|per) (?:day|night|morning|week))",
    f"{TOOK} (?:a (?:whole )?(?:lot|load|ton)|lots|loads|tons|a whole bunch|a bunch) (?:of )?(?:my |his |her |their |the )?(?:[a-z]+ ){{0,3}}?(?:{DRUG}|{POISON})",
    f"{TOOK} (?:some |a |my |the |a lot of |lots of |a little |a bunch of |a cup of |a bottle of |half a bottle of )*{POISON}",
    f"{POISON} (?:[a-z]+ ){{0,3}}?(?:i|he|she|they) (?:drank|swallowed|ate|took)",
    f"(?:drink(?:ing)?|swallow(?:ing)?|chug(?:ging)?) (?:some |a |the )?(?:{POISON})(?! (?:by|is|bad|safe))",
    f"(?:took|taken|swallowed|mixed|shot up|shot|injected|used|using|drank|drunk|snorted|smoked|did|had|combined|drinking|high|popped|mixing|taking) (?:up )?{gap(4)}?(?:{DRUG}|{ALCOHOL}|{POISON}) {gap(8)}?{DOWN}",
    f"mix(?:ed|ing)? {gap(3)}?(?:{DRUG}) (?:and|with) {gap(2)}?(?:{ALCOHOL}|{DRUG})",
    f"{DRUG} (?:and|with) (?:{ALCOHOL}|a lot of {ALCOHOL}|lots of {ALCOHOL})(?= (?:tonight|together|and (?:i|he|she)|i feel|he|she|help|at once|now)| $)",
    f"{PERSON} {gap(2)}?shot up {gap(6)}?{DOWN}",
    f"(?:he|she|they|it|{PERSON}|baby) (?:[a-z]+ ){{0,2}}?(?:is |are |was |has been )*(?:not (?:breath(?:e|ing)?|waking(?: up)?|responding|responsive|conscious|moving)|stopped breathing|barely breathing|hardly breathing|can not breathe|not able to breathe|struggling to breathe|unconscious|unresponsive|turn(?:ing|ed) (?:blue|gr[ae]y|purple)|gurgling|foaming|limp|cold and|passed out and|collapsed(?= (?:and|in|on)| $)|convulsing|having a seizure|seizing)(?! (?:screen|apron|well because of asthma meds))",
    f"{PERSON} (?:will not|can not|does not|would not) (?:wake(?: up)?|respond|breathe|answer me|get up off|react)",
    "(?:can not|could not|unable to|not able to|trying to|how do i|how to|need to) wake (?:him|her|them|my [a-z]+)(?: up)?(?! (?:for school|in the morning|earlier))",
    "(?:lips|face|fingers|nails|skin|fingertips|she|he) (?:are|is|were|was|all|and [a-z]+ are) (?:turn(?:ing|ed) |going |gone |looking |all )?(?:blue|gr[ae]y|purple)",
    "(?:turning|turned|going) (?:blue|purple)",
    "(?:no|not feel a|can not (?:find|feel) (?:a|his|her|their)|has no|barely (?:a|any)|hardly (?:a|any)|barely has a|faint|weak|thready) pulse",
    "foam(?:ing)? (?:at|from) the mouth",
    "death rattle",
    "gurgl(?:e|es|ing)(?: (?:sound|sounds|noise|noises))?(?! stomach)",
    "not (?:breathing|responding|waking up|responsive)(?= (?:and|after|help|now|right|what|but|i)| $)",
    "(?:no|out of|need|where|gave|used|giving|another) (?:is |the |him |her |more )*(?:narcan|naloxone) (?:[a-z]+ ){0,5}?(?:not work(?:ing)?|still (?:out|not)|did not|not wak(?:e|ing)|now he|now she|hurry|right now|he is|she is|and (?:he|she) is)",
    f"(?:bad|laced|hot|tainted) (?:batch|{DRUG}) {gap(4)}?{DOWN}",
    "(?:please call|calling|need|needs|send) (?:an )?(?:ambulance|paramedics|911 now)(?! (?:ride )?(?:cost|bill|company|covered))",
    f"(?:too much|too many) {DRUG}(?= (?:and|help|now|what|i feel|is he|is she|in (?:my|his|her) system)| $)(?! (?:advertising|side))",
    f"{MANY} {DRUG} (?:[a-z]+ ){{0,4}}?(?:ago|just now|an hour|minutes|tonight|what (?:do|should|happens)|am i going|help|will i|should i go)(?! (?:prescribed|prescription))",
    "unresponsive",
    "poison(?:ed|ing) (?:by|from) (?:pills|medication|carbon monoxide|alcohol)",
    "alcohol poisoning(?= (?:and|help|what|i think|right now)| $)",
    "(?:which|what) (?:[a-z]+ ){0,4}?drugs? (?:[a-z]+ ){0,3}?overdose",
    f"(?:got|gotten|get|broke|getting) into (?:my|the|his|her|our|grandmas|some|their) (?:[a-z]+ )?(?:{DRUG}|{POISON}|pill bottle|medicine cabinet|edibles|pills)",
    "(?:found|find) (?:him|her|them|my [a-z]+|someone|a (?:guy|man|woman|girl|boy|person)) (?:[a-z]+ ){0,7}?(?:with a needle|needle|unconscious|cold|blue|not (?:breathing|moving|responding|waking)|passed out|unresponsive|hanging|in (?:a |the )?(?:bathtub|pool of)|lifeless|on the (?:bathroom )?floor)(?! (?:playing|asleep on the couch watching))",
    "(?:needle|syringe) (?:[a-z]+ ){0,5}?(?:cold|blue|unconscious|not|out|floor|passed)",
    f"(?:double|triple|twice|extra|wrong|three times|ten times|several) (?:my |the |his |her |doses? of |dose |dosage |amount |of |too much |normal |usual |prescribed )*(?:{DRUG}|dose|insulin|amount) (?:[a-z]+ ){{0,6}}?(?:sleepy|dizzy|sick|feel|help|what|breathe|worried|scared|drowsy|faint|numb|should i)",
    "(?:shallow|slow|weird|strange|irregular|barely) breathing(?= (?:and|after|he|she|help|what)| $)",
    "snor(?:ing|es) (?:[a-z]+ ){0,8}?(?:wake|heroin|fentanyl|opioids?|pills|used|high)",
    f"(?:pass(?:ed|ing) out|unconscious|unresponsive|turn(?:ed|ing) blue|blue|collapsed|not (?:breathing|waking|responding)|gurgling|limp|seizing|foaming) {gap(4)}?(?:after|from|because of|since) {gap(4)}?(?:shooting up|shot up|using|injecting|snorting|smoking|taking|took|drinking|{DRUG}|oding|heroin)(?! (?:for years|surgery|my (?:morning|daily)))",
    f"(?:think|afraid|worried|says?|said|told me|sure|know|thinks|scared|looks like|admitted|texted|saw) (?:that |me |he |she |they |i |my [a-z]+ |might |may |just |has |have |had )*(?:took|taken|swallowed|ate|drank|od|overdosed|injected) (?:[a-z]+ ){{0,3}}?(?:{DRUG}|{POISON}|something)(?! (?:for (?:pain|years)|as prescribed|every|daily|to sleep))",
    f"(?:took|taken|swallowed|ate|injected|smoked|snorted) something (?:[a-z]+ ){{0,6}}?(?:{DOWN}|wake|not|weird|wrong|help|sick)",
    f"(?:baby|toddler|infant|child|kid|son|daughter|grandson|granddaughter|[0-9] (?:year|yr|month) old|nephew|niece|little (?:brother|sister|one|girl|boy)) (?:[a-z]+ ){{0,2}}?(?:ate|swallowed|drank|eaten|swallowing|got hold of|chewed) (?:[a-z]+ ){{0,4}}?(?:{DRUG}|{POISON}|edibles?|gummies|batteries|battery|cleaner)",
    "(?:can not|could not|unable to|not able to|trying to|how do i|how to) (?:wake|get) up (?:my |him|her|them|the |a )[a-z]*(?! (?:early|for school|bed|in the morning))",
    "can not (?:wake|rouse|get a response from|get any response from) (?:up )?(?:my|him|her|them|the)",
]

QUIT = any_of(
    "quit(?:ting)? stop(?:ped|ping|s)? cold_turkey withdraw(?:als?|ing)? detox(?:ed|ing)? came_off coming_off got_off off kick(?:ed|ing) taper(?:ed|ing) ran_out_of run_out_of "
    "without no last_drink last_(?:dose|pill|use|fix) sober_for gave_up clean_for days_off not_had hours_since dope_sick dopesick"
)
SUBSTANCE = f"(?:drinking|{ALCOHOL}|{DRUG}|drank|dose|sober|benzo)"
DRINK = any_of("drinks? drinking drank alcohol booze beer wine vodka whiskey liquor")
SHAKES = any_of(
    "shak(?:y|e|es|ing) tremb[a-z]+ tremors? tremoring sweat(?:s|y|ing)? jitter(?:s|y) the_shakes shivering convulsing"
)
ALARM = (
    "(?:seizures?|seizing|convulsions?|convulsing|hallucinat[a-z]+|halucinat[a-z]+|(?:see|sees|seeing|saw|hear|hears|hearing|heard|feeling) (?:[a-z]+ )?(?:things|bugs|people|spiders|voices|shadows|stuff|insects|ants|rats|snakes|bugs crawling|figures|demons|dead)|delirium|delirious|dts|"
    "confus(?:ed|ion)|disoriented|incoherent|not make sense|not making (?:any )?sense|not know (?:where|who|what (?:day|year))|can not stop (?:shaking|vomiting|throwing up|sweating|trembling)|shak(?:ing|es|y)(?: [a-z]+){0,2} (?:bad|badly|violently|uncontrollably|all over|a lot|really)|"
    "uncontrollabl[ey] (?:shaking|trembling)|heart (?:is |has been |feels )?(?:racing|pounding|beating (?:fast|so|out)|irregular|skipping)|fever|high fever|twitching|blackouts?|black(?:ed|ing) out|pass(?:ed|ing) out|faint(?:ed|ing)|collaps(?:ed|ing)|chest pains?|can not (?:breathe|keep (?:water|anything|fluids)|walk|stand)|paranoid|bugs|feel like i am dying|think i am dying|think i am going to die|going to die|dying|vomiting blood|throwing up blood|bp is|blood pressure is)"
)
WITHDRAWAL = [
    "(?:the|has|have|having|got|got the|from|into|bad) dts",
    f"{ALARM} {gap(8)}?{QUIT} (?:[a-z0-9]+ ){{0,4}}?{SUBSTANCE}",
    f"{QUIT} (?:[a-z0-9]+ ){{0,4}}?{SUBSTANCE} {gap(9)}?{ALARM}",
    f"(?:withdraw(?:als?|ing)?|detox(?:ing|ed)?|cold turkey|dts|dope ?sick|coming down|drying out) {gap(9)}?{ALARM}",
    f"{ALARM} {gap(7)}?(?:from |in |during |after )?(?:withdraw(?:als?|ing)?|detox(?:ing)?|cold turkey|dts)(?! (?:symptoms (?:last|include)))",
    f"{DRUG} (?:cold turkey|withdrawals?) {gap(5)}?{ALARM}",
    "(?:has|have|having|got|with|in|going into|is it|are these|gone into) (?:the )?(?:dts|d t s)",
    "delirium tremens",
    "(?:severe|bad|terrible|intense|extreme|really bad|worst|horrible|dangerous|dying from|dying of|die from|violent) (?:alcohol |benzo |xanax |drug |opioid |heroin )?withdrawals?(?= (?:and|right|now|help|symptoms (?:right|now|and)|from|please|tonight|at home|i)| $)",
    f"{SHAKES} {gap(8)}?(?:until|unless|before) {gap(3)}?{DRINK}",
    f"{SHAKES} {gap(6)}?(?:when|if|after|since|because|without) {gap(3)}?(?:not|no|without) {gap(3)}?{DRINK}",
    f"{SHAKES} (?:hands |bad |badly |a lot |all over )?(?:after|from|without|since) {gap(3)}?{DRINK}",
    f"(?:not|no) (?:had |have |got |touched |a |any |one |my |been |drank |drunk |taken )*{DRINK} {gap(10)}?(?:{SHAKES}|{ALARM})",
    f"{SHAKES} {gap(5)}?no {DRINK}",
    f"no {DRINK} {gap(6)}?(?:{SHAKES}|{ALARM})",
    f"(?:stopped|quit) {DRINK} {gap(8)}?(?:{SHAKES}|{ALARM})",
    f"(?:days?|hours?|night) (?:without|since|off|sober|clean|into) {gap(3)}?(?:{SUBSTANCE} )?{gap(6)}?(?:{SHAKES}|{ALARM})",
    "need (?:a )?drink to stop (?:shaking|the shakes|trembling)",
    f"{QUIT} (?:[a-z0-9]+ ){{0,4}}?{SUBSTANCE} {gap(9)}?(?:heart|pulse|blood pressure) (?:[a-z]+ ){{0,2}}?(?:not slow|will not (?:slow|stop|calm)|rac(?:e|es|ing)|pound(?:s|ing)?|so fast|high|through the roof|all over)",
    f"(?:can not stop|uncontrollabl[ey]|bad|violently|all over|{SHAKES}) {gap(8)}?(?:not|no|last|without) (?:had |have |been |a |any |my |taken )*(?:drunk|drank|drink|drinking|drinks|alcohol|booze|beer|xanax|klonopin|ativan|valium|benzos?|using|used)",
]

CHEST = "(?:chest|heart) (?:is |are |feels |feel |has |keeps |was |in |starting |started |feeling )*(?:to )?(?:hurt(?:s|ing)?|pains?|tight(?:ening|ness)?|pressure|ach(?:es?|ing)|crushing|heavy|squeez(?:e|ing)|burning|crushed|cramping)"
# Of the body, and not to be talked over with a program.
EMERGENCY = [
    "(?:chest|heart) feels like (?:[a-z]+ ){1,6}?(?:on it|standing|standin|sitting|sittin|squeezing|in a vise)(?: on it)?",
    "(?:jerking|twitching|convulsing|shaking) all over (?:[a-z]+ ){0,5}?eyes",
    "eyes (?:are |have )?(?:rolled|rolling) (?:back|up)(?! at me)",
    "(?:went|fell|gone|falls) down (?:[a-z]+ ){0,6}?(?:not (?:answer(?:ing)?|respond(?:ing)?|talking|moving))(?: [a-z]+)?",
    "(?:face|mouth|smile) (?:is |looks |has been |started )*hanging(?: [a-z]+){0,4}",
    "(?:talking|speaking|says|saying) (?:[a-z]+ )?(?:gibberish|nonsense words)(?: [a-z]+)?",
    "words (?:are |is )?(?:coming|come|came) out (?:wrong|jumbled|slurred|mixed up|backwards)",
    "blood (?:is |was |keeps )?(?:squirting|spurting|pouring|spraying|gushing)(?: [a-z]+)?",
    "(?:pouring|gushing|spurting) (?:and|blood|it) (?:[a-z]+ ){0,3}?(?:not stop|out|everywhere)",
    "can not feel (?:my|his|her) (?:privates?|private parts|genitals|crotch|groin|butt)",
    "cough(?:ed|ing)? up (?:[a-z]+ ){0,5}?blood",
    f"(?:newborn|infant|baby|[0-9]{{1,2}} (?:day|week)s? old) {gap(8)}?(?:rag ?doll|floppy|limp|will not (?:nurse|eat|feed|wake|latch))",
    f"(?:pregnant|[0-9]{{1,2}} weeks(?: (?:along|pregnant))?|trimester|postpartum|gave birth|(?:the|giving) birth|c section) {gap(8)}?(?:bleed(?:ing|s)?|blood|gushing|soak(?:ed|ing|s)?|(?:my |her )?water broke|pads?)(?! (?:pressure|test|sugar|type))",
    f"(?:bleeding|blood(?! (?:pressure|test|sugar|type))|gushing) {gap(6)}?(?:[0-9]{{1,2}} weeks pregnant|pregnant|while pregnant|after (?:the |giving )?birth|postpartum)",
    "water broke (?:at|early|too early|and i am|[a-z]+ weeks|weeks)(?: [a-z0-9]+)?",
    "soak(?:ed|ing|s)? (?:through )?(?:a|an|one|two|three|four|[0-9]) (?:[a-z]+ )?pads?",
    "(?:baby|the baby|she|he) (?:has |have |is )?not (?:moved|moving|kicked|kicking)(?: [a-z]+){0,3} (?:since|all day|today|in (?:hours|a day)|for)",
    "(?:have |has )?not felt (?:the |my |her )?baby(?: move| kick| moving| kicking)?",
    "(?:blood )?sugar (?:is |was |reads? |of |at |dropped to |down to |says |over )*(?:like |about |around )?(?:[1-4][0-9]|[4-9][0-9][0-9])(?= (?:and|now|what|he|she|i|help|not)| $)",
    "(?:have|having|has|had|get|gets|getting|got|feel|feeling|feels|with|new|these|this) (?:[a-z]+ ){0,2}?chest pains?(?! (?:from (?:anxiety|panic|stress)|after panic|when (?:i am )?anxious|for (?:years|months)|on and off|years|last year|in (?:19|20)[0-9]+|clinic|checked|was|were))",
    "chest pains?(?= (?:right now|now|today|tonight|since|during|while|when i (?:walk|climb|exercise|breathe|run|move)|and (?:i|my|sweating|dizzy|short|trouble|arm|jaw))\b| $)",
    "numb(?:ness|ing|ed)? (?:[a-z]+ ){0,3}?(?:groin|saddle|crotch|genitals?|privates?|between (?:my|his|her|the) legs)",
    "(?:groin|crotch|saddle)(?: area)? (?:is |feels |went |gone |has gone |getting )+numb",
    "(?:can not feel|numb|no feeling|lost feeling) (?:[a-z]+ ){0,3}?between (?:my|his|her) legs",
    "(?:can not|not able to|unable to|could not) (?:pee|urinate|move) (?:[a-z]+ ){0,6}?(?:legs?|back|numb|left|right|one side|my side|arm)",
    "(?:left|right|one) (?:side|arm|leg)(?: of (?:my|his|her) (?:body|face))? (?:is |has |went |gone |goes |are )+(?:numb|weak|limp|paralyzed|heavy|dead)",
    f"(?:hit|banged|cracked|smacked) (?:my|his|her|their) head {gap(8)}?(?:falling asleep|falls asleep|sleepy|can not stay awake|vomit[a-z]*|throwing up|threw up|confused|not making sense|seeing double|slurr[a-z]+)",
    "stiff neck (?:[a-z]+ ){0,5}?(?:fever|rash|temperature)",
    "(?:fever|rash|temperature) (?:[a-z]+ ){0,5}?stiff neck",
    "(?:has|have|having|signs of|think it is|is it) sepsis(?: [a-z]+)?",
    "(?:kid|child|baby|son|daughter|toddler|grandma|grandpa|roommate|friend|wife|husband|mom|dad|brother|sister|bf|gf|boyfriend|girlfriend) (?:will|does|can|could) not wake(?: up)?(?! (?:for school|early|in the morning|before))",
    f"(?:not eat(?:en|ing)?|starv(?:e|ed|ing)|fasting|no food) {gap(9)}?heart (?:[a-z]+ ){{0,2}}?(?:skip(?:s|ping)?|flutter(?:s|ing)?|stop(?:s|ping)?|irregular|weird)",
    f"{CHEST} {gap(9)}?(?:arm|jaw|dying|die|breath(?:e|ing)?|faint(?:ing)?|pass(?:ed|ing)? out|heart attack|numb|sweating|shoulder blade|vomiting)",
    f"(?:left arm|my arm|arm|jaw) (?:is |are |feels |went |going |gone |has )*(?:hurts?|hurting|numb|aches?|tingling|pain|weak) {gap(9)}?(?:{CHEST}|chest)",
    "(?:can not|hard to|trouble|struggling to|unable to|difficulty) breath(?:e|ing) (?:[a-z]+ ){0,5}?(?:chest|lips|throat|arm|swelling|dying|blue|help|faint|crushing|right now|pass(?:ing)? out|allergic|heart)",
    "(?:crushing|severe|sudden|stabbing|bad|terrible|intense|sharp|extreme) (?:chest pains?|pain in (?:my|his|her) chest|pressure (?:in|on) (?:my|his|her) chest)(?! (?:on and off for (?:years|months)|when anxious))",
    "(?:having|think it is|is this|be having|feels like|might be|think (?:i|he|she) (?:had|has|have)|just had) (?:an? |the )?(?:heart attack|stroke|aneurysm|cardiac arrest)(?! (?:in [0-9]+|[0-9]+ years|years|last year|and need rehab|survivors?|rehab|recovery|when|back|months ago|two|as a|warning))",
    "(?:vomit(?:s|ing|ed)?|throw(?:s|ing)? up|threw up|puk(?:e|es|ing|ed)|cough(?:s|ed|ing)? up|cough(?:ing|ed)?|spitting(?: up)?|pooping|peeing|bleeding) (?:up )?(?:bright |red |lots of |a lot of |some |fresh |out |clots of |dark )*blood",
    "worst headache",
    "thunderclap headache",
    "can not feel (?:my|his|her) (?:legs?|feet|groin|face|arm|left side|right side|one side)",
    "(?:lost|losing|no) control of (?:my |his |her )?(?:bladder|bowels?)",
    "(?:face|mouth|smile|one side of (?:my|his|her) (?:face|body)) (?:is |has been |looks |has |are |went |seems )*(?:drooping|drooped|droopy|droops|numb and|sagging|crooked|paralyzed)",
    "(?:slurring|slurred|slurs) (?:[a-z]+ )?(?:speech|words)",
    "(?:bleeding|blood) (?:[a-z]+ ){0,4}?(?:will not stop|not stop|wo not stop|everywhere|a lot|heavily|out of control|badly|so much|not stopping)(?! nose)",
    "(?:cut|cuts|wrists?|wound|arm) (?:[a-z]+ ){0,4}?(?:bleeding|blood) (?:[a-z]+ ){0,3}?(?:stop|everywhere|heavily|lots|deep|badly)",
    "(?:deep|too deep) (?:[a-z]+ ){0,4}?bleeding",
    "(?:throat|tongue|face|lips) (?:is |are |feels like it is )?(?:closing|swelling|swollen|closing up)(?! after dentist)",
    "(?:been|was|got|am|were) (?:just )?(?:shot|stabbed)(?! (?:down|up|at work years|in the (?:army|war)|years|as a))(?= (?:in|and|at|by|help|now|tonight)| $)",
    "(?:having|has|had|in the middle of) (?:a |an )?(?:seizure|convulsions?)(?= (?:right now|now|and (?:will|is|can|not)|for the first|that will|help|on the floor)| $)(?! (?:disorder|last year))",
    "(?:fell|fallen|hit (?:my|his|her) head|head injury) (?:[a-z]+ ){0,6}?(?:unconscious|not (?:wak(?:e|ing)|respond(?:ing)?|breath(?:e|ing)?)|knocked out|vomiting|pass(?:ed|ing) out|pupils|confused)",
]

STRIKE = (
    "(?:hit(?:s|ting)?|beat(?:s|ing|en)?|chok(?:e|es|ed|ing)|strangl(?:e|es|ed|ing)|rap(?:e|es|ed|ing)|threaten(?:s|ed|ing)?|kick(?:s|ed|ing)?|punch(?:es|ed|ing)?|slap(?:s|ped|ping)?|hurt(?:s|ing)?|abus(?:e|es|ed|ing)|molest(?:s|ed|ing)?|stalk(?:s|ed|ing)?|"
    "attack(?:s|ed|ing)?|grab(?:s|bed|bing)?|burn(?:s|ed|t|ing)?|shov(?:e|es|ed|ing)|push(?:es|ed|ing)?|throw(?:s|ing)?(?: things at)?|threw(?: things at)?|drag(?:s|ged|ging)?|smack(?:s|ed|ing)?|whip(?:s|ped|ping)?|stab(?:s|bed|bing)?|shoot(?:s)?(?: at)?|shot(?: at)?|bit(?:e|es)?|pin(?:s|ned)?|smother(?:s|ed|ing)?|suffocat(?:e|es|ed|ing)|"
    "tortur(?:e|es|ed|ing)|assault(?:s|ed|ing)?|terroriz(?:e|es|ing)|forc(?:e|es|ed|ing)(?: himself on)?|lock(?:s|ed|ing)?|trap(?:s|ped|ping)?|drug(?:s|ged|ging)?|traffick(?:s|ed|ing)?|groom(?:s|ed|ing)?|pull(?:s|ed|ing)? (?:a (?:gun|knife)|my hair)(?: on)?|put(?:s)? (?:his|her) hands (?:on|around)|spit(?:s)? on|tie(?:s|d)?|kidnap(?:s|ped)?|sell(?:s|ing)?|punish(?:es|ed|ing)?|control(?:s|ling)?|follow(?:s|ed|ing)?|track(?:s|ing)?|harm(?:s|ed|ing)?|belt(?:s|ed)?|blackmail(?:s|ed|ing)?|starv(?:e|es|ed|ing))"
)
US = (
    "(?:me|us|my (?:kids?|children|baby|son|daughter|mom|mother|sister|brother|neck|face|arm|hair))"
)
VIOLENCE = [
    "(?:breaking|kicking|busting|banging|beating) (?:down|in|on) (?:the|my|our) (?:[a-z]+ )?door (?:right now|now|saying|please|screaming|and i am)(?: [a-z]+)?",
    "i get the belt",
    "(?:use|uses|used|using|get|gets|got|take|takes|took|bring|brings) (?:out )?the belt (?:[a-z]+ ){0,4}?(?:on|me|til|until|again|to)(?: [a-z]+)?",
    "(?:keeps? |keep )?find(?:s|ing)? (?:out )?where (?:we|i) (?:are|am) (?:staying|hiding|living)",
    "(?:tracker|air ?tag|gps|tracking (?:device|tag|app))(?: tags?)? (?:[a-z]+ )?(?:in|on|under) my (?:car|bag|phone|purse|truck)",
    "(?:took|takes|hides?|hid|withholds?) my (?:inhaler|insulin|wheelchair|oxygen|epipen|hearing aids?)(?: [a-z]+){0,3}",
    "(?:is|was|am) late i pay for it",
    "(?:tell|call|calls|report me to|report us to|calling) (?:immigration|ice|la migra)(?: on (?:me|us|my [a-z]+))? if (?:i|we)",
    "goes? after (?:me|us|my (?:[a-z]+ )?(?:brother|sister|mom|mother|kids?|son|daughter)) with (?:a|the|his|her) (?:belt|bat|knife|cord|stick|broom|hammer)",
    "leaves? (?:me|us|my (?:brother|sister)s?) (?:home )?alone for (?:days|weeks|[a-z0-9]+ days)",
    "(?:send|post|share|leak|show) (?:my|the|our) (?:pics|pictures|nudes|photos|videos?) (?:[a-z]+ ){0,6}?(?:if i|unless i)",
    "(?:he|she|they|husband|boyfriend|girlfriend|partner|wife|uncle|stepdad|dad|coach|boss|guy) (?:do|does|did|will|would) not stop when i (?:say|said|tell|told|beg|cry)(?: (?:him|her|them))?(?: (?:no|to|stop))?",
    "locked (?:up |me )?in (?:the |a |his |her |their )?(?:basement|cellar|attic|trunk|cage|shed)(?! by (?:accident|mistake))",
    "landlord wants (?:sex|me to sleep with him)",
    "(?:my|the|his|her) (?:pimp|trafficker|captor|kidnapper|rapist|abuser)(?! (?:is (?:in (?:jail|prison)|dead)|went to jail|died|in (?:therapy|the movie)))",
    f"{PERSON} (?:[a-z]+ ){{0,2}}?(?:is |has |was |will |keeps? |kept |been |had |does |did |would |who |used to |tries to |tried to |also |and |starts? |start |can |gets? [a-z]+ and |got [a-z]+ and |comes? [a-z]+ [a-z]+ and )*(?:going to )?{STRIKE} {US}(?! (?:up for|that (?:i|it)|of (?:my|the)|feel better|with (?:his|her) (?:love|kindness)|out to|into (?:a )?(?:good|better)|in the right|to (?:exercise|be better|get help|go to (?:therapy|school|rehab|church)|try|do better|eat healthy)|a (?:text|message|link)|on (?:instagram|facebook|twitter)|some (?:water|tea)|anything|home))",
    f"{PERSON} {gap(8)}?(?:hits|beats|hit|chokes|choked|rapes|raped|threatens|threatened|slaps|locks|beat|kicks|punches|punched|strangled) {US}(?! (?:up|that|with a (?:bill|question|text)))",
    "(?:will|going to|want(?:s|ed)? to|threaten(?:s|ed|ing)? to|tried to|trying to|tries to|try to|says he would|says he will|say he will|said he would|said he will|said she (?:will|would)|says (?:they|she) will|said they will|would|might|could|swears he will|promised to|he will|she will|they will|before he|before she|until he|until she) (?:try to )?(?:kill|hurt|shoot|stab|murder|beat|harm|strangle|rape|attack|burn|drown|poison|find and (?:kill|hurt)|choke) (?:me|us|my (?:kids?|family|children|baby|mom|son|daughter|sister)|our)(?! (?:inside|like that|emotionally more))",
    "(?:kill|kills|hurt|shoot|stab|beat) me (?:if|when|for|tonight|and|because|or)(?! (?:i (?:eat|run|stand|sit|walk|work|lift|bend|move)))",
    "threat(?:en|ens|ened|ening) (?:to (?:kill|hurt|take my (?:kids|children)|shoot|stab|burn|out|harm|rape|deport)|me|us|my|with|by)(?! suicide)",
    "lock(?:s|ed|ing)? (?:me|us) (?:in|up|out|away|inside)",
    "keep(?:s|ing)? me (?:locked|trapped|prisoner|captive|from leaving|from my family|hostage|isolated|in the (?:house|basement|room))",
    "(?:will not|does not|refuses to|not going to|never) let (?:s )?(?:me|us) (?:leave|out|go(?= (?:out|anywhere|home|to work)| $)|go home|go anywhere|have (?:a phone|money|my phone|my own money|friends)|see (?:my|a) (?:family|friends|doctor)|use (?:my|a|the) phone|talk to (?:anyone|my family|my friends)|eat|sleep|call)",
    "let me (?:leave|out of) (?:the|this|our|his) (?:house|apartment|room|home)",
    "(?:was|got|been|being|am|were|getting|get|gets|have been|might have been|think i was|just got) (?:[a-z]+ ){0,1}?(?:raped|gang raped|molested|trafficked|sexually (?:assaulted|abused|harassed)|held (?:against|captive|hostage|down)|beaten(?: up)?|beat up|abused(?! (?:by the system|as a child|drugs|alcohol|prescription))|strangled|stalked|assaulted|drugged(?: and)?|roofied|kidnapped|attacked|groped|choked|hit by my|slapped by|threatened|blackmailed|forced (?:to have|into)|pimped|sold|exploited|spiked|touched (?:inappropriately|against))(?! (?:as a (?:child|kid)|by a (?:bear|dog|bee)|years ago|when i was|in (?:childhood|my childhood|the past|[0-9]{4})|for years as))",
    "sexual(?:ly)? (?:assault(?:ed|ing)?|abus(?:e|ed|es|ing)) (?:me|by|last|tonight|today|yesterday|this|my|from|happening|at home|right now)(?! (?:survivors?|support))",
    "(?:someone|somebody|man|guy|he|boss|coach|teacher|priest|uncle|stepdad|dad|father|brother|cousin|grandpa|stepfather|stepbrother|neighbor|date|they) (?:[a-z]+ ){0,2}?(?:raped|molested|assaulted|touch(?:es|ed|ing)?|groped|forced|drugged|gropes|fondl(?:es|ed)|rubs|makes me touch|comes? into my (?:room|bed)) (?:me|my (?:private|privates|body|breasts?|genitals|daughter|son|child|kid|sister)|himself on me|at night|inappropriately)",
    "(?:had|has|forces?|forced|makes?|made) (?:me )?(?:to )?(?:have |into |for )?sex (?:[a-z]+ ){0,4}?(?:without my|against my|when i (?:say|said|do not)|i (?:said|did not|do not)|with (?:me|him|his friends|men|strangers)|for money)",
    "(?:did|do) not (?:want|consent|agree) (?:to it )?(?:but|and) (?:he|she|they) (?:did|does|forced|kept|would|do)",
    "(?:without|against) my (?:consent|will)",
    "marital rape",
    "date rap(?:e|ed)",
    "rap(?:ed|ing) (?:me|my|last|tonight|yesterday|by|and|this|at|when)(?! (?:crisis center|survivors))",
    "(?:i was|been|got) rap(?:e|ed)",
    "(?:in|immediate|am in|are in|real|serious) danger(?= (?:right|now|from|at|and|because|help|with|of him)| $)",
    "(?:not|never|not feel|not feeling|no longer) safe (?:at home|here|with (?:him|her|them|my)|around (?:him|her|them|my)|in (?:my|this|our)|at my|when he|if he|going home|to go home|living with)(?! (?:neighborhood at|car))",
    "unsafe (?:at home|here|with|around|in my|to go home|in this (?:house|relationship|home))",
    "(?:fear(?:s|ing|ful)?|scared|afraid|terrified|frightened|worried) (?:[a-z]+ ){0,1}?(?:for (?:my|our|her|my kids|my childrens) (?:life|lives|safety)|to go (?:back )?home|to leave him|to leave her|of my (?:[a-z]+ )?(?:husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mom|mother|stepdad|stepfather|brother|son|uncle|roommate|pimp|parents)|of (?:him|her|them)(?! (?:dying|failing|leaving|relapsing|getting))|(?:he|she|they|my [a-z]+) (?:will|is going to|might|would|may|could|wants to|is gonna) (?:kill|hurt|hit|find|beat|come back|attack|harm|shoot|take|come after|explode|snap|rape))",
    "(?:hiding|hide|hid|escap(?:e|ed|ing)|run(?:ning)? away|ran away|get(?:ting)? away|fle(?:e|d|eing)|flight|leave|leaving|need to get out|get out|locked myself) (?:[a-z]+ ){0,6}?(?:from (?:him|her|them|my (?:[a-z]+ )?(?:husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mom|stepdad|abuser|pimp|parents))|my abuser|my abusive|abusive (?:husband|wife|partner|boyfriend|girlfriend|relationship|home|ex|marriage|father|dad|parents|mother|household)|he is (?:outside|here|coming|drunk)|before he)(?! (?:therapist|texts))",
    f"{PERSON} (?:[a-z]+ ){{0,2}}?(?:is|are|gets?|got|has been|has become|became|turned|being|keeps being) (?:[a-z]+ )?(?:abusive|abusing|violent|physically|beating|physical with|hitting|threatening|dangerous and)(?! (?:therapist|book))",
    "(?:my )?abuser (?:[a-z]+ ){0,3}?(?:found|is|knows|outside|here|coming|back|has|will)",
    "(?:being|is|are|was|get|getting) (?:physically |sexually |emotionally and physically |domestically )?(?:abused|beaten|hit|threatened|stalked|hunted) (?:by|at home|right now|every|daily|and)(?! (?:years ago|as a child))",
    "(?:abus(?:ing|es|ed)|beat(?:s|ing)?|hitting|molest(?:s|ing|ed)?|hurting|touching|chok(?:es|ing|ed)) (?:me|my (?:kids?|children|son|daughter|mom|mother|sister|brother|baby|niece|nephew|grandma|friend)|her (?:kids?|children|son|daughter|baby)|his (?:kids?|children|wife|girlfriend|son|daughter)|the (?:kids?|children|baby)|our (?:kids?|children|son|daughter))(?! (?:up with|on (?:instagram|facebook)|harder|at chess|in (?:basketball|tennis)|back with texts))",
    "(?:gun|knife|machete|bat|weapon) (?:to|at|on|against) (?:my|me|us)(?! (?:own|bed|side|desk|lap|knees?|nightstand|counter|belt|hip))",
    "(?:pulled|pull|pointed|points|held|holds|waved|has|got|put|pulls|came at me with|chas(?:ed|es|ing) me with|with) (?:a |the |his |her )?(?:gun|knife|machete|bat|weapon) (?:[a-z]+ )?(?:to|at|on|against|and (?:says|said|is|threaten|will|wants)|outside|looking for|and i am (?:scared|hiding|afraid))",
    "(?:stalking|stalked|stalks|stalker|following me|shows? up at my (?:house|work|door)|outside my (?:house|door|window|apartment)|tracking my (?:phone|car)|break(?:ing)? into my)(?! (?:meeting|support|tv|series|show))(?= (?:me|my|and|has|is|with|home|again|every|right|now|is|will)| $)",
    "(?:domestic|partner|intimate partner|dating) (?:violence|abuse) (?:[a-z]+ ){0,3}?(?:right now|happening|tonight|situation|victim|at home|relationship)(?! (?:counselor|counseling|training|class|hotline|shelter near))",
    "(?:leaves|left|leaving|have|has|hide|hiding|cover(?:ing)? up|got|gave me|with|my) (?:me )?(?:with )?(?:a |the |my )?(?:bruises|black eye|marks|broken (?:arm|nose|rib|ribs|jaw)) (?:[a-z]+ ){0,5}?(?:from (?:him|her|my|when he|when she|his|the beating)|he (?:gave|left)|she gave|on me|again|where he|where she)",
    "(?:hit|beat|whip|punch|kick|choke|slap|burn)(?:s|ed|ped|es)? (?:me|us) (?:with|when|every|if|in|and|so|last|again|until|because|for|daily|tonight|today|yesterday|while)(?! (?:the (?:gym|truth)|that))",
    "(?:forced|forcing|forces|sold|selling|making|made|makes) me (?:to |into |for )?(?:have sex|sex|prostitut[a-z]+|sell (?:my body|myself)|work (?:for free|without pay)|marry|marriage|do things|the streets|strip|turn tricks)",
    "sell(?:ing)? me (?:for|to|on)",
    "(?:took|takes|taken|has|holds|keeps) (?:away )?my (?:passport|phone|documents|papers|id|i would|keys|money) (?:[a-z]+ ){0,5}?(?:so i can not|leave|escape|hostage|will not|hits|threat)",
    "human traffick(?:ing|er)(?= (?:victim|me|situation|and i|help)| $)",
    "(?:child|elder) abuse (?:right now|happening|next door|at home|going on|in my)",
    "help (?:he|she) is (?:hitting|hurting|beating|going to|here|coming|outside|drunk and)",
    f"(?:he|she|they|{PERSON}) (?:[a-z]+ ){{0,2}}?(?:broke|breaks|fractured|dislocated|bruised|busted|split|twisted|bloodied|cracked|cut|knocked out|stomped on|smashed|twists|pulled|burned) (?:my|our kids) (?:[a-z]+ )?(?:arm|nose|jaw|ribs?|wrist|finger|leg|lip|face|eye|hand|collarbone|teeth|tooth|head|hair|skull|fingers|arms|cheek)",
    f"(?:he|she|they|{PERSON}) (?:[a-z]+ ){{0,3}}?hands? (?:around|on|over|at) my (?:throat|neck|mouth)",
    "(?:hands?|arm|belt|rope|cord|pillow) (?:around|over|on|across) my (?:throat|neck|mouth|face)",
    "(?:need|find|looking for|want|get to|where is|go to|any|nearest) (?:a |an |the |emergency |domestic violence |womens |battered womens |somewhere |safe |some )*(?:shelter|safe place|safe house|somewhere safe|place to hide|restraining order|protective order|hide)(?: [a-z]+)? (?:tonight|now|right now|from (?:my|him|her)|because (?:my|he|she|i am)|away from|before (?:he|she|my)|my (?:husband|ex|boyfriend|partner|dad)|he|she|with my (?:kids|children|baby))",
    "(?:husband|ex|boyfriend|partner|wife|girlfriend|pimp|father|dad|stalker|he|she) (?:is |keeps |has been |just |was |still |found |will not stop )+(?:looking for|hunting|after|coming for|coming after|following|tracking|outside|chasing|harassing|stalking|threatening|watching|where|out to get|at my (?:door|house|window)) ?(?:me|us|my (?:house|door|window|work|apartment)|where i|to kill|with a)?(?= (?:and|now|i|with|right|to|again|everywhere|live|am|he|so|because|right now)| $)(?! (?:his (?:job|keys)|a (?:job|therapist)|work))",
    "(?:woke|wake|waking|came to) up (?:[a-z]+ ){0,3}?(?:undressed|naked|without (?:my )?(?:clothes|pants|underwear)|with (?:him|someone|a man|no clothes) (?:on|in|inside))",
    "(?:makes|made|forces|forced|making|forcing|pressur(?:es|ed|ing)|coerc(?:es|ed|ing)) me (?:to )?(?:[a-z]+ )?(?:touch|do (?:sexual )?things|have sex|sleep with|undress|take (?:my clothes|off)|watch porn|send (?:him )?nudes|perform)",
    "(?:someone|he|she|they|somebody|intruder|man) (?:is |are |has |just )*(?:broke|breaking|broken|trying to get|banging|pounding|trying to break) (?:in|into|on|down|through)(?: to)? (?:my|the|our) (?:house|door|apartment|window|room|bedroom|home)",
    "(?:throws|threw|throwing|hits|hit|smashes|smashed|breaks|punches|punched) (?:things|plates|furniture|stuff|dishes|walls?|holes in the wall|the wall|me) (?:[a-z]+ ){0,4}?(?:at me|at us|when (?:he|she) is (?:mad|angry|drunk)|next to my (?:head|face)|and i am (?:scared|afraid))",
    "(?:sexual|physical|child|domestic) abuse(?<!child abuse)(?<!domestic abuse)(?= (?:right now|by my|from my|by|at home|and i|is|happening|in my (?:home|house|family))| $)(?! (?:counseling|survivors?|by the church history))",
    "(?:took|takes|taken|taking|has|have|hold|holds|holding|keeps?|keeping|hid|hides|confiscated) (?:away |all )?(?:my|our) (?:passports?|documents|papers|visa|green card|i d)(?= (?:and|so|from|until|away|make|they|he)| $)",
    "(?:makes?|made|forces?|forced|making) (?:me|us) (?:to )?(?:work|sell|beg|strip|dance|clean)(?: [a-z]+){0,3} (?:and|for|without|to pay|all day|no pay|or else|or they|or he)(?! (?:a better|my (?:boss|degree)))",
    "(?:ex|husband|wife|boyfriend|girlfriend|he|she|stalker|father|dad|stepdad|abuser) (?:[a-z]+ )?(?:broke|broken|breaks|breaking|forced (?:his|her) way|climbed) (?:in|into|down) ?(?:my|our|the)? ?(?:house|home|apartment|door|window|car|room|place|last night|again|tonight)",
    f"(?:{PERSON}|he|she|they|says?|said|is|are|am) (?:[a-z]+ )?(?:coming|going|on his way|on her way|out|trying|here|back|looking) to (?:kill|hurt|get|find|beat|shoot|attack|harm|rape|take) (?:me|us|my (?:kids|children|mom|family))(?! (?:help|better|to))",
    "(?:live|living|stuck|trapped|locked|alone|home|married|stay|staying|sleeping|isolated|quarantined|in love) (?:in |up |at home |here |to |inside |in a house |in the house )*(?:with )?(?:a |an |my |the |this )(?:[a-z]+ )?(?:violent|abusive|dangerous|abuser|rapist|attacker|stalker|trafficker|pimp|monster|man who (?:hits|beats|hurts)|person who (?:hits|hurts|beats))",
    "(?:ties|tied|straps|strapped|chains|chained|locks|locked|cuffed|handcuffed) me (?:up |down )?(?:to|in|into) (?:the|my|a) (?:bed|chair|wheelchair|radiator|bathroom|closet|basement|garage|bedroom)",
    "(?:caregiver|caretaker|aide|nurse|staff|orderly) (?:[a-z]+ ){0,3}?(?:hits|slaps|pinches|ties|straps|shoves|touches|starves|hurts|chokes) (?:me|us|my (?:mom|mother|dad|father|brother|sister|grandma|grandpa))",
    "(?:boyfriend|husband|ex|girlfriend|wife|partner|stepdad|father|dad|he|she) (?:[a-z]+ )?drag(?:ged|s) (?:me|her|him|my (?:mom|daughter|sister)) (?:[a-z]+ ){0,3}?(?:by (?:the|her|my|his) hair|down the stairs|across the floor)",
    "(?:owe|owes) (?:[a-z0-9]+ ){0,4}?(?:can not|not let me|can never) leave (?:until|till|unless) (?:it|that|the debt) (?:is )?paid",
    "(?:can not|not let me|can never) leave (?:until|till|unless) (?:the debt|what i owe) (?:is )?paid",
    "take turns (?:hitting|beating|with) me",
    "my ex (?:[a-z]+ ){0,2}?(?:found|knows|got) (?:my|our) (?:new )?(?:address|house|apartment|place) (?:[a-z]+ ){0,5}?(?:outside|parked|lights off|watching|waiting)",
]

WHOM = any_of(
    "husband wife partner boyfriend girlfriend ex roommate baby infant toddler son daughter child kids? children boss coworkers? neighbors? mom mother dad father brother sister family parents? teacher classmates? friends? guy man men woman women grandma grandpa dog cat students? class school supervisor manager landlord stepdad stepmom uncle aunt cousin bully bullies doctor therapist abuser rapist cops? police office spouse in_laws? twins stepson stepdaughter kid fiance"
)
VICTIM = f"(?:him|her|them|someone|people|everyone|others|other people|you|anyone|somebody|a person|innocent people|these people|those people|the [a-z]+|(?:my|that|a|his|her|this|our|every|all (?:my|the|of)) (?:own |ex |little |entire |whole |damn |stupid |newborn |the |my |old |new |step |elderly )*{WHOM})"
ATTACK = any_of(
    "kill(?:ing|ed)? stab(?:bing)? shoot(?:ing)? murder(?:ing)? strangl(?:e|ing) hurt(?:ing)? harm(?:ing)? poison(?:ing)? attack(?:ing)? beat(?:ing)?(?:_up)? smother(?:ing)? drown(?:ing)? chok(?:e|ing) suffocat(?:e|ing) "
    "shak(?:e|ing) punch(?:ing)? burn(?:ing)? tortur(?:e|ing) slaughter(?:ing)? assault(?:ing)? hit(?:ting)? bomb(?:ing)? slap(?:ping)? run(?:ning)?_over knock(?:ing)?_out slit(?:ting)? destroy(?:ing)? rap(?:e|ing) molest(?:ing)? execut(?:e|ing) end(?:ing)?_the_life_of take_out taking_out lash(?:ing)?_out_at snap(?:ping)?_and_(?:kill|hurt)"
)
AN_ARM = any_of(
    "guns? pistol rifle shotgun handgun firearm glock revolver knife knives machete bat axe hammer bullets ammo weapons? bombs?"
)
NAMED = f"(?:him|her|them|people|everyone|everybody|others|someone|somebody|those [a-z]+|these [a-z]+|the (?:guys?|people|kids|man|men|ones?|boys)|(?:my|the|our|his) (?:own |ex |little |newborn |whole )*{WHOM})"
HAVE = "(?:have|got|bought|buying|brought|bringing|own|keep|loaded|loading|holding|taking|carrying|getting|found|took|grabbed|sharpened|borrowed|stole|cleaning|hid|hidden|packed)"
PAY = "(?:pay|suffer|bleed|regret|be sorry|learn|see what)"
TO_THEM = (
    f"(?:make {NAMED} (?:[a-z]+ )?{PAY}|(?:to|will|could|should|might) (?:[a-z]+ )?{ATTACK} {NAMED}(?! (?:feelings|back))|"
    f"(?:he|she|they|everyone|everybody|{NAMED}|people) (?:[a-z]+ ){{0,3}}?(?:will|going to) (?:all )?{PAY}|"
    "(?:going|headed|driving|heading|on my way|drive|go) (?:over |back |right |straight )?to (?:my|his|her|their|that) (?:[a-z]+ )?(?:house|place|work|job|office|school|church|apartment|home)|"
    f"to (?:school|church)(?! (?:supplies|shopping))|for {NAMED}(?! (?:birthday|christmas|protection|kitchen))|my revenge|revenge on|names? on (?:it|them|one)|use it (?:on (?!me|myself)[a-z]+|at (?:school|work)))"
)
AND_THEN = "(?:(?!he |she |they |myself )[a-z0-9]+ ){0,6}?"
# Before a plan against oneself, whose first sign is having a gun.
ARMED = [
    "list of (?:who|everyone who) (?:is |s )?(?:getting|gets|going to get|has to get) (?:it|theirs|what is coming)",
    "(?:leave|leaving|leaves|going out|go out|carried out) (?:[a-z]+ ){0,2}?in a (?:body )?bag",
    "(?:hands?|fingers) around (?:his|her|their|my [a-z]+(?: s)?|the baby s?) (?:neck|throat) (?:[a-z]+ ){0,6}?(?:not want to|could not|almost|wanted to)(?: [a-z]+){0,3}",
    "(?:tak(?:e|ing)|bring(?:ing)?) (?:the|my|our) (?:kids?|children|baby|babies|boys|girls|son|daughter) with me when i (?:go|die|leave this)",
    "(?:outside|at|in front of) (?:my |his |her )?(?:[a-z]+ ){0,2}?(?:house|place|work|job|apartment) with my (?:9|nine|glock|strap|piece|heat|pistol|gun|rifle)",
    "(?:i |have |already )*poisoned (?:his|her|their|my [a-z]+(?: s)?|husbands|wifes|the [a-z]+s?) (?:[a-z]+ )?(?:coffee|food|drink|tea|water|dinner|lunch|beer|dog|cat|soup)",
    f"{AN_ARM} (?:[a-z]+ ){{0,3}}?(?:and )?(?:i )?(?:do )?not trust (?:myself|what i (?:am |might |will |would |could |)*(?:going to )?do)",
    "list of (?:the |all the )?(?:kids|people|students|teachers|coworkers|guys|girls|ones|names) (?:who|that) deserve",
    f"follow(?:ed|ing)? (?:her|him|them) (?:home )?{gap(8)}?(?:do something (?:bad|stupid|terrible)|hurt (?:her|him)|make (?:her|him) (?:pay|sorry))",
    f"(?:names|list) (?:of )?{gap(5)}?(?:i|who i|that i) (?:[a-z]+ )?(?:want (?:dead|gone|to (?:hurt|kill|shoot))|going to (?:hurt|kill|shoot))",
    f"(?:i|who i) (?:[a-z]+ )?want (?:{NAMED}|(?:[a-z]+ ){{1,3}}(?:at|in|from) (?:my )?(?:school|work|class)) dead",
    f"(?:i|my) (?:[a-z]+ ){{0,2}}?(?:{HAVE} )?(?:[a-z]+ ){{0,3}}?{AN_ARM} {AND_THEN}{TO_THEM}",
    f"{HAVE} (?:a |the |my |an |some )*(?:[a-z]+ )?{AN_ARM} {AND_THEN}{TO_THEM}",
    f"(?:he|she|they|{PERSON}) (?:[a-z]+ ){{0,2}}?(?:has|got|bought|brought|showed|have|took) (?:[a-z]+ ){{0,3}}?{AN_ARM} (?:[a-z0-9]+ ){{0,7}}?(?:(?:they|everyone|people) (?:[a-z]+ ){{0,3}}?{PAY}|(?:to|at|up|in) (?:the |his |her )?(?:school|church)|(?:shoot|kill|hurt) (?:everyone|people|them|others|kids|classmates))",
    f"i (?:[a-z]+ )?(?:going to|will|want to|about to|ready to|could|plan to|planning to) (?:[a-z]+ )?(?:make {NAMED} (?:[a-z]+ )?{PAY}|{ATTACK} {NAMED}) (?:[a-z0-9]+ ){{0,6}}?(?:have|got|bought|loaded|with) (?:a |the |my )*(?:[a-z]+ )?{AN_ARM}",
    f"(?:scared|afraid|terrified|frightened|worried) (?:of |about )?what i (?:[a-z]+ ){{0,3}}?(?:do|doing) to {NAMED}(?! (?:when i am gone|if i die))",
    f"(?:urges?|thoughts?|images?|impulses?|visions?) (?:to|of|about) (?:[a-z]+ )?{ATTACK} {NAMED} (?:[a-z0-9]+ ){{0,8}}?{AN_ARM}",
    f"not trust myself (?:[a-z]+ ){{0,4}}?(?:around|near|alone with) {NAMED}",
    "(?:shook|shaken|smothered|threw|choked|hit|squeezed) (?:my|the|our) (?:[a-z]+ )?(?:baby|infant|newborn|toddler) (?:[a-z]+ ){0,4}?(?:scared|afraid|terrified)",
    "(?:fired|laid off|humiliated|laughed at|suspended|expelled|evicted) (?:me )?(?:[a-z]+ ){0,8}?(?:going|coming) (?:back|in|over)(?: there)? (?:with|and bringing) (?:a|my|the) (?:gun|rifle|shotgun|pistol|machete|knife|bat)",
    "(?:going|coming) over (?:there )?(?:tonight |now )?with (?:a|my|the) (?:gun|rifle|shotgun|pistol|machete|knife|axe)(?! (?:to (?:fix|help|cut|carve|chop)|for))",
]
ON_US = "(?:me|us|(?:my|our) (?:[a-z]+ )?(?:kids?|children|son|daughter|baby|mom|mother|family|parents|sister|brother)|the (?:kids|children|baby))"
THREATENED = [
    "if i leave (?:him |her )?(?:he|she|they) (?:will|is going to|would|swears|said) (?:[a-z]+ ){0,3}?(?:find|kill|hunt|put|bury|shoot|hurt)(?: me| us| the kids)?",
    "put (?:me|us|her|them) in the ground",
    f"(?:{STRIKE}) (?:my )?(?:mom|mother|me|us|her|sister|brother|mama) {gap(7)}?(?:got|has|getting|grabbed|pulled|took|loading|went to get) (?:the |his |a )?(?:gun|shotgun|rifle|pistol|knife|machete)(?: out)?",
    f"(?:he|she|they|{PERSON}|who|mom|dad) (?:[a-z]+ ){{0,3}}?(?:will|would|going to) (?:put|send) (?:me|us) (?:in|into|to) (?:the |a |my )?(?:hospital|er|ground|grave|icu|coma|cemetery) {gap(4)}?if (?:i|we)",
    f"(?:he|she|they|{PERSON}|who) (?:(?!not )[a-z0-9]+ ){{0,5}}?(?:trap|traps|trapped|lock|locks|locked|corner|corners|cornered|barricad(?:ed|es)|block(?:ed|s)) (?:me|us) (?:up )?(?:in|inside|into|out of|from leaving) (?:the |my |our |his |her |a )?(?:[a-z]+ )?(?:bedroom|room|bathroom|house|closet|basement|car|apartment|garage|shed|trunk|attic)",
    f"(?:he|she|they|{PERSON}) (?:[a-z]+ ){{0,2}}?(?:has|got|bought|have|took|keeps|pulled|pointed|held|holds|waved|grabbed|loaded) (?:[a-z]+ ){{0,3}}?{AN_ARM} (?:(?!himself |herself )[a-z0-9]+ ){{0,7}}?(?:(?:kill|shoot|stab|hurt|use it on|murder) {ON_US}|(?:at|to|on) {ON_US}(?! (?:for|because|to keep)))",
    f"(?:he|she|they|{PERSON}) (?:[a-z]+ ){{0,4}}?(?:kill|shoot|stab|murder) {ON_US} (?:(?!himself |herself )[a-z0-9]+ ){{0,6}}?{AN_ARM}",
]
HARM_OTHERS = [
    f"(?:{WANT}|will|might|could|can|going to|fantasi[sz](?:e|ing)(?: about)?|thoughts?(?: of| about)?|images?(?: of)?|visions?(?: of)?|urges?(?: to)?|afraid|scared|worried|terrified|afraid of|scared of|terrified of|fear(?: of)?|may|ready to|swear i will|about to|almost|nearly|obsess(?:ed|ing) (?:with|about)|imagin(?:e|ing)|pictur(?:e|ing)|planning on|plan on|feel like|capable of|dream(?:ing|s)?(?: of| about)?|intend to|have to|tempted to|keep from|stop myself from|impulses?(?: to)?) (?:i |that i |am |will |would |could |might |going to |to |may |just |like |of |about |be able to |feel |i am |one day |end up |accidentally |physically |want to )*{ATTACK} {VICTIM}(?! (?:feelings|back with|in the (?:game|race)|a ball|a (?:text|message)|at (?:chess|tennis)|with (?:words|kindness)|by (?:leaving|saying|telling|drinking)|hair))",
    "i (?:[a-z]+ )?(?:am going to|will|want to|am about to|am gonna|swear i will|could) (?:kill|murder|shoot|stab|strangle) (?:him|her|them|you|someone|people|everyone|my [a-z]+|those|these|that|all of|the (?:next|guy|man|woman|people))(?! (?:for a|time|with kindness|the))",
    "(?:kill|killing|murder|shoot|stab|hurt) (?:someone|somebody|people|everyone|others|other people|them all|all of them|as many)(?= (?:and|else|if|right|tonight|today|soon|i|at|with|because|or|for|who|in)| $)(?! (?:feelings|with a car accident|in (?:the game|chess)))",
    "(?:shoot|blow|shooting|blowing|bomb|bombing|light|burn|burning|shot)(?:ing)? (?:up|down)? ?(?:the|my|a|this|his|her|their|our|that) (?:[a-z]+ )?(?:school|place|office|church|work|workplace|mall|hospital|building|mosque|synagogue|house|club|store|class|classroom|car|home|apartment|college|campus|clinic|crowd|bar|party|concert)(?! (?:in (?:a )?(?:game|photo)|photo|of energy))",
    "(?:tak(?:e|ing)|bring(?:ing)?|carry(?:ing)?|got|buy(?:ing)?|bought|have|has) (?:a |the |my |an )?(?:gun|guns|knife|weapon|weapons|rifle|bomb) (?:[a-z]+ ){0,4}?(?:to (?:school|work|church|class|the office|kill|shoot|hurt|use on|make them|get (?:him|her|them|back|even|revenge)|teach|deal with (?:him|her|them))|for (?:him|her|them|my ex|my boss|those|everyone)|and (?:i am|i will|i) (?:going to )?(?:kill|shoot|hurt|make))",
    "make (?:him|her|them|everyone|you|people|those [a-z]+|these [a-z]+|all of them|my [a-z]+) (?:[a-z]+ )?(?:pay|suffer|bleed|regret|hurt|sorry they|die)(?! (?:rent|for (?:dinner|lunch|it in)|bills|half|child support|the))",
    "(?:him|her|them|my [a-z]+|everyone|he|she|they) (?:deserves?|needs?|has|have|ought|must) to (?:die|be (?:killed|murdered|shot|dead|hurt|punished by me))(?! (?:with dignity))",
    "(?:want|wish|going|plan|planning|get|getting|take|taking|ready|need) (?:to (?:get|take) )?(?:my )?(?:revenge|bloody revenge) (?:on|against|by|and|with)(?! (?:body|bedtime|porn law|at work by))(?= (?:on|by|with|and (?:kill|hurt|shoot)))? ?(?:on |against )?(?:him|her|them|my|everyone|the|hurting|killing)",
    "(?:homicidal|murderous)(?: (?:thoughts|ideation|feelings|rage|urges|intent))?(?! (?:maniac|movie))",
    "(?:plan|planning|going|about|want|thinking of|thinking about) (?:to |on )?(?:kill|killing|murder|murdering)(?= (?:spree|the|a|my|him|her|them|someone|people)| $)(?! (?:time|the (?:lights?|weeds|mood)|a few (?:hours|minutes)))",
    "(?:lose|losing|lost|no) control (?:[a-z]+ ){0,3}?(?:and|of my (?:anger|temper|rage) and) (?:[a-z]+ ){0,2}?(?:hit|hurt|shake|shook|kill|harm|punch|attack|strangle|throw)(?:ing)? (?:my|the|him|her|someone|them|a)(?! wall)",
    "(?:shook|shaken|hit|hurt|smothered|squeezed|threw|slapped|dropped|choked|beat|strangled|stabbed|shot|killed|punched|attacked) (?:my|the|our) (?:[a-z]+ )?(?:baby|infant|newborn|toddler|wife|husband|girlfriend|boyfriend|mom|mother|dad|father|kid|kids|child|children|son|daughter|sister|brother|partner)(?= (?:and|because|again|last|today|tonight|too|hard|so|with|yesterday|i|when i|in anger|out of|after|when she|when he|badly)| $)(?! (?:off|at (?:school|daycare)|feelings|in (?:soccer|the game)|with (?:news|the truth)))",
    f"(?:rage|anger|mad|angry|furious|hate (?:him|her|them)|snap) {gap(6)}?(?:might|could|will|going to|want to) {gap(2)}?(?:kill|hurt|stab|shoot|harm|hit|strangle|attack) (?:someone|him|her|them|my|people|everyone|somebody)(?! feelings)",
    "(?:mass|school|church|workplace) shoot(?:ing|er)(?= (?:plan|tomorrow|i am going|i want|i will))",
    "(?:has|have) (?:a )?(?:list of people|hit list|kill list)",
    "(?:burn|burning|set|light) (?:[a-z]+ ){0,2}?(?:his|her|their|my|the|down|on|fire to) (?:[a-z]+ ){0,2}?(?:house|home|fire|car|building)(?: down)? (?:[a-z]+ ){0,3}?(?:with|while|inside|and kill)",
    f"(?:he|she|they|{PERSON}) (?:[a-z]+ ){{0,2}}?(?:says|said|threatens|threatened|threatening|wants|plans|planning|going|is going|talks about|talking about|texted) (?:[a-z]+ ){{0,3}}?(?:to )?(?:kill|killing|shoot|shooting|stab|stabbing|murder|hurt) {VICTIM}",
    "(?:want|going|need|plan|ready|might|will|about|could|should|try|tried|trying) (?:to )?(?:hurt|kill|harm|shoot|poison|attack) (?:my|the|his|her) (?:whole )?(?:family|kids|children|parents|in laws|coworkers|neighbors)",
    "(?:gun|knife|bat|rifle|machete) (?:[a-z]+ ){0,4}?(?:going|headed|driving|heading|on my way|drive|go) (?:over |back |right |straight )?(?:to|for) (?:my|his|her|their|the|that) (?:[a-z]+ )?(?:house|work|place|school|office|apartment|home|job|church|exs?|boss|ex|husband|wife)",
    "(?:hurt|kill) my family",
    "(?:everyone|everybody|they all|people|you all|they|he|she) (?:deserves?|needs?) to (?:die|suffer|burn|pay for)",
    f"(?:bought|buy|buying|got|have|found|carry|carrying|keep|packed|brought|sharpened|hid) (?:a |the |my |an )*(?:new |big |sharp |loaded )*(?:gun|knife|machete|weapon|bat|poison|rifle|hammer|axe) (?:for|to use on|ready for|to deal with|with (?:his|her|their) name) {VICTIM}",
    "(?:gun|knife|bat|weapon|rifle) for (?:my (?:ex|boss|husband|wife|neighbor|exs|coworker|dad|stepdad)|him|her|them|you)(?! (?:birthday|christmas|kitchen|cooking))",
    "(?:flashes|images|pictures|visions|thoughts|urges?|impulses?|dreams?) of (?:hurting|harming|dropping|shaking|smothering|drowning|stabbing|hitting|choking|throwing) (?:the|my|our) (?:[a-z]+ )?(?:baby|newborn|infant|son|daughter|kids?|child|children|toddler|wife|husband|mom|mother)",
]
