"""LEAF: the wording that crisis.py looks for.

Written as typed by people in a hurry: lower case, no apostrophes. A phrase is a regular
expression over plain words with single spaces between them; it begins and ends at a word, and begins with
two plain letters. Each doubled letter is read as one, here and in the text.
"""

# Long lines: a phrase reads best in one piece.
# ruff: noqa: E501

SELF = ["i", "im", "ive", "id", "ill", "me", "myself", "yo"]
OTHERS = ["he", "hes", "she", "shes", "they", "theyre", "theyve", "him", "her", "his", "hers", "their", "them", "himself", "herself", "themself", "themselves", "hisself", "son", "sons", "daughter", "daughters", "child", "kid", "kids", "baby", "boy", "girl", "husband", "husbands", "wife", "wifes", "partner", "partners", "boyfriend", "girlfriend", "friend", "friends", "brother", "sister", "mom", "mum", "mother", "dad", "father", "grandma", "grandpa", "uncle", "aunt", "cousin", "nephew", "niece", "roommate", "coworker", "colleague", "student", "client", "patient", "someone", "somebody", "teen", "teenager", "ex", "hijo", "hija", "esposo", "esposa", "marido", "hermano", "hermana", "amigo", "amiga", "madre", "padre", "mama", "papa", "tuvo"]
RISK_WORDS = ["suicide", "suicidal", "kill", "killing", "die", "dead", "rape", "raped", "overdose"]

PERSON = (
    "(?:he|she|they|someone|somebody|(?:my|a|the|our|his|her) (?:own |best |little |older |ex )?"
    "(?:son|daughter|child|kids?|baby|husband|wife|partner|boyfriend|girlfriend|bf|gf|fiance|ex|"
    "friend|brother|sister|sibling|mom|mum|mother|dad|father|stepdad|stepmom|stepfather|grandma|"
    "grandpa|grandmother|grandfather|uncle|aunt|cousin|nephew|niece|roommate|coworker|colleague|"
    "neighbor|student|client|patient|teen|teenager|parents?|family|boss|landlord))"
)
REFLEXIVE = "(?:myself|himself|hisself|herself|themself|themselves)"
OWN = "(?:my|his|her|their)(?: own)?"
WANT = (
    "(?:want|wants|wanted|wanna|wnat|wanting|need|going|gonna|gona|plan|plans|planning|ready|"
    "about|like|rather|wish|hope|hoping|pray|prefer|deserve|decided|tempted|thinking of|"
    "thinking about|thoughts of|thoughts about|urge|urges)(?: 2| to)?"
)
NOT = "(?:dont|do not|doesnt|does not|didnt|no longer|not|never|aint|dnt)"
CANT = "(?:cant|cannot|can not|couldnt|cnt)"
MORE = "(?:any ?more|anymroe|any longer|much longer|like this|another (?:day|night|minute|hour|week))"
GONE = (
    "(?:died|was dead|were dead|was gone|were gone|disappeared|wasnt here|werent here|"
    "wasnt around|werent around|was never born|am gone)"
)
DRUG = (
    "(?:pills?|tablets?|tabs|capsules?|meds|medicine|medication|antidepressants|sleeping pills|"
    "painkillers?|tylenol|acetaminophen|paracetamol|ibuprofen|advil|aspirin|xanax|valium|"
    "klonopin|ativan|benzos?|benadryl|ambien|oxy|oxycodone|oxycontin|percocet|vicodin|heroin|"
    "fentanyl|fent|morphine|methadone|suboxone|opioids?|opiates?|meth|cocaine|coke|adderall|"
    "seroquel|lithium|insulin|alcohol|vodka|bleach)"
)
BREATH = "(?:breath|breathe|breathing)"
ALARM = (
    "(?:seizures?|seizing|convulsions?|convulsing|hallucinat[a-z]+|seeing things|"
    "hearing things|delirium|delirious|shaking (?:really )?bad(?:ly)?|cant stop shaking)"
)
QUIT = (
    "(?:quit|quitting|stopped|stop|stopping|cold turkey|withdrawals?|withdrawing|detox|detoxing|"
    "came off|coming off|off) (?:[a-z]+ ){0,3}"
)
SUBSTANCE = f"(?:drinking|drinks?|alcohol|booze|{DRUG})"
DRINK = "(?:drinks?|drinking|drank|alcohol|booze|beer|wine|vodka|whiskey|liquor)"
SHAKES = "(?:shak(?:y|e|es|ing)|trembl[a-z]+|tremors?|sweat(?:s|y|ing)?)"
CHEST = "chest (?:is |are |feels |feel |really |so |has |keeps )*(?:hurts?|hurting|pains?|tight|tightness|pressure|aches?|aching)"


def gap(most):
    """Up to so many words of any kind."""
    return f"(?:[a-z0-9]+ ){{0,{most}}}"


STRUCK = [
    # Idioms
    "(?:traffic|back|feet|foot|head|knees?|shoulders?|neck|tooth|heat|suspense|boss|job|work|"
    "wait|waiting|it|this|that|you|stress|commute|diet) (?:is|are|was|were)?(?: just| really)? ?killing me",
    "(?:its|thats|youre) killing me",
    "(?:dying|died) (?:to (?:see|try|know|meet|go|get|hear|eat|have|read|play|learn|visit)|"
    "of (?:laughter|laughing|boredom|embarrassment|curiosity)|laughing)",
    "die (?:hard|laughing|of (?:laughter|boredom|embarrassment)|cast|cut|another day)",
    "(?:to die for|do or die|ride or die|diehard|die hards?)",
    "kill(?:ing)? (?:time|two birds|the (?:lights?|process|app|engine|mood|vibe|pain)|it|bill|bugs|weeds)",
    "shoo?t (?:myself )?in the foot", "shoot (?:me )?(?:an? )?(?:email|text|message|photos?|video)",
    "(?:cut|cutting) (?:back|down|out|carbs|calories|sugar|alcohol|weight|costs?|corners|ties|edge|"
    "hair|grass|class|my hours|my hair|my grass|my drinking)",
    "(?:cut|burned|burnt|hurt|hit|scratched) myself (?:while |when )?(?:shaving|cooking|chopping|slicing|"
    "gardening|running|lifting|playing|skiing|exercising|working out|at the gym|by accident|"
    "by mistake|accidentally|falling)",
    "me muero (?:de (?:hambre|risa|sueno|ganas|frio|calor|verguenza)|por)",
    "(?:hang|hanging) (?:out|on|in there)", "end it (?:early|there|with|on a)",
    # Questions for information, and what is over
    "(?:suicide|suicidality|overdose|self harm|violence) (?:prevention|squad|awareness|education|"
    "training|trainings|research|statistics|stats|rates?|reversal|kits?|survivors?|loss|bereavement|"
    "policy|screening|risk factors|door|bomber|attempts survivors)",
    "(?:prevent|prevents|preventing|reduce|reduces|reducing|lower|lowers|treats?|treating|"
    "treatment (?:of|for)|evidence (?:for|on|about)) (?:suicide|suicidal|suicidality|self harm|"
    "overdoses?)(?: attempts?| thoughts?| ideation| deaths?| behaviou?rs?)?",
    "(?:never been|no longer|not|am not|im not|wasnt|isnt) (?:feeling )?suicidal",
    "prevencion del suicidio",
]

SUICIDE = [
    "(?:suicid|sucid|suicd|suisid|suiside|suecid|sucicid|sewerslid|sewercid)[a-z]*",
    "(?:kill|kills|killing|kiling|end|ending|off|offing|hang|hanging|shoot|shooting|drown|drowning|"
    f"unalive|unaliving|poison|gas|murder|delete) {REFLEXIVE}",
    "kms", "ctb", "unalive(?: me)?", "unaliving",
    f"(?:end|ending|ended|take|taking|took|takes) {OWN} lives", f"(?:end|ending|take|taking|took) {OWN} life",
    f"(?:{WANT}|just|easy to|easier to) end (?:it|everything|things)(?: all| now| tonight| for good)?",
    "end it all", "ending it all", "end things for good",
    f"{WANT} (?:i |she |he |they )?(?:could |would |just |really |was |were |am |be |should )*"
    "(?:die|dead|not exist|stop existing|not be (?:alive|here)|disappear forever|"
    "(?:have )?(?:never|not) (?:been |be )?born|never wake up)",
    "(?:wish|wishes|wished|rather|better off|should|want to) (?:i |he |she |they )?(?:was|were|be|am|id be|just be)? ?dead",
    "better off dead", "wishing i was dead",
    f"{NOT} (?:want|wanna|wnat|wants)(?: to| 2)? (?:be|b) (?:here|alive|around)(?! for| all| at| on| when| long)",
    f"{NOT} (?:want|wanna|wnat|wants)(?: to| 2)? (?:live(?! in| with| at| near)|exist|wake up|"
    "go on|keep going|keep living)",
    # Passive
    "(?:nobody|no one|noone|who|anyone|everyone|anybody|someone) (?:would|will|wouldnt|d)? ?"
    f"(?:even )?(?:care|notice|miss me|be happier|be better) if i {GONE}",
    f"(?:better|happier) (?:off )?(?:without me|if i {GONE})", "(?:world|life) (?:would be )?better without me",
    f"{CANT} (?:go on|do this|do it|do life|take (?:it|this|life)|keep (?:going|doing this|living|on)|"
    f"live|live with this|survive|bear (?:it|this)|handle (?:it|this|life)|hold on) {MORE}",
    f"(?:i|just|really) {CANT} go on(?= $| (?:and|im|i) )", "(?:nobody|no one|noone) (?:would|will|d) (?:even )?(?:miss me|notice if i)",
    f"{CANT} (?:go on living|keep living|keep doing this|survive (?:this|another [a-z]+))",
    "(?:no|any|a|see a|see no|see any|find a|without a) (?:reason|reasons|point|purpose) "
    "(?:to|in|for) (?:live|living|keep going|go on|going on|keep living|be alive|being alive|being here|stay alive)",
    f"(?:nothing|anything|no one|nobody) {gap(3)}(?:to live for|worth living for)",
    "(?:lost|losing|no|lack) (?:the |my |any )?will to live", "life (?:is not|isnt|aint) worth (?:living|it)",
    "point of (?:living|going on|being alive|my life)", "no point (?:any ?more|in anything|of anything)",
    "(?:so |very |just )?(?:tired|sick|exhausted) of (?:being alive|living(?! in| with| at| on| here| near)|life|existing|being here)",
    "(?:given|giving|give|gave) up on (?:life|living|everything)",
    "(?:never|not|dont|wont|didnt|to not|hope i dont) wake up", "(?:hate|hating) (?:being alive|living|existing)",
    "(?:pain|hurt|everything|it all) to (?:just )?(?:stop|end|be over)",
    "(?:im|i am|am|being|such|just|feel like) a burden",
    "(?:see|have|has|sees) no (?:future|way out|hope left)", "no way out(?: for me| of this)?",
    "(?:im|i am) (?:so )?(?:done|finished|through) with (?:everything|life|living|it all|this life|this world)",
    "(?:world|everyone|family|kids|they|people) (?:would |will |d )?be better off(?: if i| without me)?",
    # Plan and means
    "(?:painless|easiest|quickest|fastest|best|quick|easy|least painful|most painless|peaceful|good) "
    f"{gap(2)}(?:way|ways|method|methods) (?:to|of) (?:die|dying|end (?:it|my life)|kill|go forever)",
    f"how (?:many|much|long) {gap(8)}(?:to (?:die|kill (?:me|you|yourself|someone)|not wake up|"
    "overdose|od|bleed out)|(?:is|are|be) (?:lethal|fatal|enough to die)|would kill (?:me|you))",
    "(?:lethal|fatal) (?:dose|dosage|amount)", "(?:a|the|my) noose (?:ready|tied|around)", "(?:tie|tied|make|made|bought) (?:a|the) noose", "bleed(?:ing)? out",
    "(?:have|has|got|bought|found|holding|with|took|hold) (?:a |the |my |his |her |some |enough )?(?:loaded )?"
    f"(?:rope|gun|pistol|rifle|pills|razors?|knife|blades?) {gap(7)}(?:ready|in front|in my hand|loaded|staring|"
    "here|next to me|tonight|to my head|in my mouth|do it)",
    "took (?:the|my|a) gun out", f"gun {gap(4)}(?:to (?:my|his|her) head|in (?:my|his|her) mouth)",
    "(?:jump|jumping|jumped|throw myself|throwing myself) (?:off|from|in front of)(?! (?:a )?(?:bed|couch|diving))",
    "(?:i should|just|should) jump", "(?:on|off) (?:the|a) (?:bridge|ledge|roof edge|train tracks|tracks)(?= (?:and|right|about|now|ready)| $)",
    "(?:gun|rope|rifle|pistol) (?:and )?(?:im |i am )?(?:going to|gonna|will) (?:use it|do it)",
    "carbon monoxide(?= (?:be|quick|painless|hurt|to|in my))",
    "know (?:exactly )?(?:how|when)(?: and (?:how|when))? i(?:m| am)? (?:going to|gonna|will|ll|would) do it",
    "how i would do it", "how this ends",
    # Goodbye
    "(?:goodbye|good bye|farewell) (?:forever|world|everyone|cruel)", f"saying (?:goodbye|good bye|my goodbyes)(?: to)? {gap(2)}(?:everyone|family|kids|friends|tonight)",
    "(?:wont|will not|not going to|not gonna|never) (?:be|b) (?:around|here|alive) (?:much longer|tomorrow|anymore|any more|long|soon|after)",
    "my (?:last|final) (?:message|words|night|day alive|goodbye|letter|note)", "if (?:im|i am) (?:not here|gone)",
    "(?:wont|will not) have to (?:worry|deal|put up|bother|see|care) (?:about |with |for )?me",
    "giving away (?:all )?my (?:things|stuff|belongings|possessions)",
    "nothing matters(?= any ?more)", "(?:goodbye|suicide) (?:note|letter)", "made my decision",
    # Spanish
    "(?:quiero|quisiera|quiere|quieren|voy a|va a|pienso en|ganas de) (?:morir|morirme|morirse|matarme|matarse|"
    "suicidarme|suicidarse|desaparecer|quitarme la vida)", "(?:me|se) (?:quiero|quiere|voy a|va a) (?:morir|matar|suicidar)",
    "(?:quitarme|quitarse|quitar) la vida", "no (?:quiero|quiere|tengo ganas de|tiene ganas de|vale la pena) (?:vivir|seguir viviendo|estar aqui|seguir)",
    "no puedo mas", "(?:mejor|estaria mejor) (?:muerto|muerta)", "acabar con (?:mi vida|todo)",
]

SELF_HARM = [
    "(?:cut|cuts|cutting|burn|burns|burning|burned|hurt|hurts|hurting|harm|harming|harms|hit|hitting|hits|punch|"
    f"punching|bruise|scratch|scratching|starve|starving|bite|biting|injure|injuring|stab) {REFLEXIVE}",
    "self ?(?:harms?|harming|harmed|injury|injuring|mutilation|mutilate|cutting)",
    "(?:been|keep|kept|started|relapsed on|back to|thinking about|urges? to|want to|cant stop|stop) (?:cut|cutting)(?: again)?",
    f"(?:slit|slitting|cut|cutting|slash|slashing) {OWN} (?:wrists?|arms?|legs?|thighs?|throat|veins?|skin)",
    "cuts (?:i|he|she|they) made", f"(?:cuts|cut marks) on {OWN} (?:wrists?|arms?|legs?|thighs?)",
    f"(?:cut|cutting|burned|burnt|burning|hurt|hit) {OWN} [a-z]+ {gap(4)}on purpose", "(?:until|til|till) (?:i|my [a-z]+|he|she) (?:bruises?|bleeds?)",
    "make myself (?:throw up|vomit|sick|bleed)", "(?:throw|throwing|threw) up (?:every|each) (?:meal|time i eat)",
    f"(?:havent|have not|hasnt|not) eat(?:en)? {gap(2)}(?:days|week|weeks)", "(?:keep|cant stop|been) purging",
    "voices? (?:tell|telling|tells|say|saying|said|told|want|wants)(?:ing)? (?:me|i|im|that i)",
    "(?:quiero|quiere|ganas de) (?:hacerme|hacerse|lastimarme|cortarme) ?(?:dano)?", "me (?:corto|corte|estoy cortando|lastimo|quemo)",
]

OVERDOSE = [
    "(?:overdos|overdoze|ovrdos|overdoes)[a-z]*", "od(?:ed|ing)?(?= (?:on|d|and|now|right|again|last)| $)",
    "(?:took|taken|take|swallowed|swallow|ate|drank|downed|ingested|popped|injected|mixed) "
    "(?:(?:like|about|around|almost|over|maybe|down) )?(?:"
    "way too (?:many|much)|too (?:many|much) (?:of )?(?:[a-z]+ )?" + DRUG + "|"
    "(?:a |an |the |his |her |my )?(?:whole |entire |full )?(?:handful|bottle|box|pack|bunch|fistful) of (?:my |his |her |their |the )?" + DRUG + "|"
    "all (?:of )?(?:my|his|her|their|the) " + DRUG + "|"
    r"[0-9]{2,} (?!mg |milligrams |ml |mcg )(?:[a-z]+ ){0,2}?" + DRUG + ")",
    # In the past only: "I take a lot of pills for my heart" is no emergency.
    "(?:took|taken|swallowed|ate|downed|popped|injected) (?:just )?(?:a (?:whole )?(?:lot|load|ton)|"
    "lots|loads|tons|so many|a whole bunch) (?:of )?(?:my |his |her |their |the )?(?:[a-z]+ )?" + DRUG,
    f"(?:took|taken|swallowed|mixed|shot|injected|used|drank|snorted) {gap(4)}{DRUG} {gap(6)}"
    f"(?:wont wake|cant wake|not waking|not {BREATH}|barely {BREATH}|cant {BREATH}|passed out|turning blue|unconscious|unresponsive)",
    "(?:he|she|they|hes|shes|it|is|are|" + PERSON + ") (?:is |are |has |was |just )?"
    f"(?:not|isnt|stopped|barely|hardly|cant) {BREATH}", f"{PERSON} (?:wont|will not) wake up",
    "cant wake (?:him|her|them|my [a-z]+)(?: up)?", "(?:turning|turned|going|lips are|face is) blue", "unresponsive",
    "sobredosis", "no (?:respira|despierta)", "(?:tome|tomo|trague) (?:muchas|demasiadas|todas las) pastillas",
]

WITHDRAWAL = [
    f"{ALARM} {gap(8)}{QUIT}{SUBSTANCE}", f"{QUIT}{SUBSTANCE} {gap(8)}{ALARM}",
    f"{DRUG} (?:cold turkey|withdrawals?) {gap(4)}{ALARM}", "(?:has|have|having|got|with) (?:the )?dts", "delirium tremens",
    # Without a word of stopping: shaking until the next drink.
    f"{SHAKES} {gap(8)}(?:until|til|till|unless|before) {gap(3)}{DRINK}",
    f"{SHAKES} {gap(6)}(?:when|if|after|since|because) {gap(3)}(?:dont|do not|not|havent|no|without) {gap(3)}{DRINK}",
    f"{SHAKES} (?:hands |so bad |badly |a lot )?after {gap(2)}{DRINK}",
    f"(?:havent|have not|hadnt|didnt|not) (?:had |have |got |touched )?(?:a |any |one |my )?{DRINK} {gap(10)}{SHAKES}",
    f"(?:shaking|shaky|sweating|trembling) {gap(5)}no {DRINK}", f"no {DRINK} {gap(6)}{SHAKES}",
]

# Of the body, and not to be talked over with a program.
EMERGENCY = [
    f"{CHEST} {gap(8)}(?:arm|jaw|dying|die|{BREATH}|faint|fainting|passed out|heart attack)",
    f"(?:left arm|my arm|jaw) (?:is |are |feels |hurts?|hurting|numb|aches?) {gap(8)}{CHEST}",
    "(?:crushing|severe|sudden|stabbing) chest pains?", "(?:having|had) a (?:heart attack|stroke)",
    "(?:vomit|vomits|vomiting|vomited|throw up|throwing up|threw up|puke|puking|puked|cough up|coughing up|coughed up) "
    "(?:up )?(?:bright |red |lots of |a lot of |some |fresh )*blood",
    "worst headache", "thunderclap headache", "cant feel my (?:legs?|feet|groin|face)",
    "(?:lost|losing|no) control of (?:my )?(?:bladder|bowels?)",
    "(?:face|mouth) (?:is |has been )?(?:drooping|drooped|droopy)", "(?:slurring|slurred|slurs) (?:my |his |her )?(?:speech|words)",
]

HURT_ME = (
    "(?:hit|hits|hitting|beat|beats|beating|choke|chokes|choked|choking|strangles?|strangled|rapes?|raped|"
    "threaten|threatens|threatened|threatening|kicks?|kicked|punch|punches|punched|slaps?|slapped|hurts?|hurting|abuses?|"
    "abused|abusing|molests?|molested|stalks?|stalking|stalked|attacked|attacks|grabs?|burns?|burned|burnt) me"
)
VIOLENCE = [
    f"{PERSON} (?:is |has |was |will |keeps? |just |always |sometimes )*(?:going to |gonna )?{HURT_ME}",
    f"{PERSON} {gap(8)}(?:hits|beats|hit|chokes|rapes|raped|threatens|slaps|locks) me(?! (?:up|that))",
    "(?:will|going to|gonna|wants? to|wanted to|threatened to|threatens to|tried to|trying to|said hed|says hed|hell|shell) "
    "(?:kill|hurt|shoot|stab|murder|beat) me", "threat(?:en|ens|ened|ening) (?:me|us)", "lock(?:s|ed)? me (?:in|up)",
    "(?:was|got|been|being|am|im|were) (?:just )?(?:raped|gang raped|molested|trafficked|sexually (?:assaulted|abused)|held (?:against|captive|hostage)|"
    "beaten|abused|strangled|stalked)", "sexually assaulted (?:me|last|tonight|today|yesterday)",
    "(?:in|immediate) danger", "(?:not|dont feel|isnt|never) safe (?:at home|here|with (?:him|her|them|my)|around (?:him|her|them|my)|in my)", "unsafe (?:at home|here|with)",
    "(?:fear|scared|afraid) (?:for my life|to go home|of (?:my (?:husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mom|stepdad)|him|her))",
    "me (?:pega|golpea|golpeo|pego|violo|violaron|amenaza|amenazo|quiere matar|va a matar|maltrata)", "(?:en|corro) peligro",
]

VICTIM = (
    "(?:him|her|them|someone|somebody|people|everyone|everybody|others|you|(?:my|the|that|a|his|her) (?:own |ex )?(?:husband|wife|partner|"
    "boyfriend|girlfriend|ex|roommate|baby|son|daughter|child|kids?|children|boss|coworkers?|neighbors?|mom|mum|mother|"
    "dad|father|brother|sister|family|parents?|teacher|classmates?|friend|guy|man|woman))"
)
HARM_OTHERS = [
    f"(?:{WANT}|will|might|could|going to|fantasi[sz]e about) (?:just |really )?(?:kill|killing|stab|stabbing|shoot|shooting|murder|"
    f"murdering|strangle|strangling|hurt|hurting|harm|harming|poison|poisoning|attack|attacking) {VICTIM}",
    "(?:shoot|blow) up (?:the|my|a) (?:school|place|office|church|work)",
]

# The first family that fits gives the card: what cannot wait stands first.
FAMILIES = [
    ("overdose", OVERDOSE),
    ("emergency", EMERGENCY),
    ("withdrawal", WITHDRAWAL),
    ("suicide", SUICIDE),
    ("self-harm", SELF_HARM),
    ("harm-others", HARM_OTHERS),
    ("violence", VIOLENCE),
]
