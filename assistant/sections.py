"""Families of wording that may tell what a question asks for.

They are words of the index, and among what `wishes` weighs: no family decides alone.
"""

import re

from .words import SAME

_MEDICINES = "|".join(
    sorted(w for w, head in SAME.items() if head in ("medicine", "benzodiazepine", "opioid"))
)
_LENGTHS = r"(?:sessions?|meetings?|classes|visits?|appointments?|hours? (?:a|per|each))"

# name of what is asked for -> wordings, over folded text
FAMILIES = {
    "cost": (
        r"out of pocket|charg\w+|deductible|for nothing|low income|no insurance|"
        r"cost\w*|pric\w+|fees?|pay\w*|paid|afford\w*|expensive|cheap\w*|money|free|bill\w*|broke|"
        r"dollars?|copay|insur\w+|medicaid|medicare|cover(?:ed|s|age)?|my plan|sliding|budget"
    ),
    "cadence": (
        r"for how long|start to finish|whole (?:course|program|thing)|commitment|daily|"
        r"how often|how many (?:\w+ )?(?:weeks|months|times|sessions|visits|meetings|classes|days|"
        r"appointments)|times (?:a|per) (?:week|month)|(?:once|twice|every) (?:a )?(?:week|month|"
        r"day)|"
        r"how long (?:does|do|is|will|would|should|must|are|till|until|before|am|have)|how long|"
        r"weekly|"
        r"\d+ sessions|all there is|go(?:es)? on for|when (?:is it|will it be) over|how quick\w*|"
        r"how soon|how fast"
    ),
    "duration": (
        r"how long (?:is|are) (?:\w+ ){0,3}(?:one|each|a) |how long are they|"
        rf"how (?:long|much time) (?:\w+ ){{0,4}}(?:one |a |each |single )?{_LENGTHS}|minutes|"
        rf"hours?|how much time|length of (?:a |one )?{_LENGTHS}"
    ),
    "format": (
        r"with (?:other people|others|strangers)|webcam|computer|laptop|solo|just me|over the "
        r"phone|"
        r"groups?|online|video|zoom|telehealth|virtual\w*|internet|in person|apps?|one (?:on|to) "
        r"one|"
        r"phone|remote\w*|from home|face to face|how many people"
    ),
    "combined": (
        r"can i also|while also|and also|in addition|at once|next to|"
        r"combin\w+|together with|along(?:side| with)|same time|on top of|as well as my"
    ),
    "evidence": (
        r"success rate|how well|waste of time|scam|hype|snake oil|tested|chances|improv\w+|"
        r"work(?:s|ed|ing)?|help(?:s|ed|ful)?|effective\w*|proof|proven|prove|evidence|stud(?:y|"
        r"ies|ied)|"
        r"scien\w+|research\w*|good (?:for|at|with)|any good|do(?:es)? (?:it |\w+ )?(?:anything|"
        r"any good)|"
        r"treats?|results?|legit\w*|fake|real\b|success\w*|cures?|fix(?:es)?|benefit\w*|ease|reduce"
    ),
    "origin": (
        r"who (?:started|thought|made it|made this)|where does it come|how old is|name come|"
        r"invent\w*|found(?:ed|er)|creat(?:ed|or)|developed|came up with|come from|history|"
        r"(?:made|meant|designed|intended) for|originally|stand for|where (?:is|did) .* from"
    ),
    "what": (
        r"^(?:(?:hi|hello|please|so|ok|hey) )*(?:what (?:is|are|s)|whats|explain|define|describe|"
        r"tell me (?:about|what))|what (?:exactly )?(?:is|are|does) .*(?:mean|about|thing|therapy)|"
        r"(?:whats|what is) .* (?:thing|about|do)$|what is$|meaning"
    ),
    "session": (
        r"walk me through|goes on|whats it like|describe a|first time|what (?:will|do) (?:i|you) "
        r"do|a day in|"
        r"happen\w*|what (?:do|does|will|would) (?:they|i|we|you|he|she) (?:\w+ )?do|session|"
        r"look(?:s)? like|expect|first (?:visit|time|session|appointment|meeting|day)|"
        r"what (?:is it|s it) like|do (?:they|i|we) (?:have to )?\w+|at the end|typical|make me|"
        r"what .* (?:do|does) in|how does .* go|measure\w*|diary|card|steps?"
    ),
    "home": (
        r"assignments?|log\b|on my own time|outside (?:of )?(?:the )?(?:sessions?|class)|"
        r"homework|at home|practi[cs]\w+|between (?:sessions|visits|meetings)|on my own|exercises"
    ),
    "careful": (
        r"bad for|not for|can (?:people|someone|anyone) with|surgery|blood pressure|diabet\w+|"
        r"should skip|"
        r"safe\w*|who should(?:nt| not)?|should(?:nt)? avoid|ok for|okay for|right for (?:me|"
        r"someone)|"
        r"allowed|pregnan\w+|psycho(?:sis|tic)|seizure\w*|epilep\w+|pacemaker|heart|can i "
        r"(?:still )?"
        r"(?:do|have|try|take)|danger\w*|(?:is|are) .* (?:ok|okay)|careful|bad (?:back|knee|hip)|"
        r"osteoporosis|bipolar|mania|manic|suicid\w*|trauma"
    ),
    "risks": (
        r"cons\b|drawbacks?|complications?|injure|backfire|unsafe|feel bad|upset|tired|dizzy|"
        r"cry\w*|flashback\w*|negative|"
        r"risk\w*|side effects?|harm\w*|worse\w*|dangerous|hurts?|go(?:es)? wrong|bad (?:sign|"
        r"reaction|"
        r"thing)|downside\w*|problems? with|nightmares?|normal|safe|injur\w+|drop(?:ped)? out|"
        r"quit a lot|"
        r"really save|addict\w+ to|overdose|rot|friend\w*|touch\w*"
    ),
    "prepare": (
        r"prepar\w*|before (?:i|we|you)|(?:what|anything|should) .*\b(?:bring|wear)|what to know|"
        r"need to know|medicin\w*|medicat\w*|meds|"
        r"pills?|stop (?:taking|the|my)|instead of my|confiden\w+|privat\w*|count against|secret"
    ),
    "credentials": (
        r"experience\b|background|look for in|fraud|quack|expert|who is allowed to|"
        r"train(?:ed|ing)|qualif\w+|licens\w+|certif\w+|credential\w*|degree\w*|diploma|properly|"
        r"good therapist|real (?:therapist|one)|who (?:can )?(?:teaches|does|gives|leads|runs)|"
        r"how do i know (?:if |that )?(?:a|the|my|he|she|someone)"
    ),
    "questions": (
        r"(?:what|which|questions?) (?:\w+ ){0,3}(?:should|to|can|do) (?:i )?ask|ask (?:a|the|them|"
        r"before|first)|questions to|sign up|choos\w+ (?:a|one)|interview"
    ),
    "alternatives": (
        r"what if it (?:doesnt|does not)|if it (?:doesnt|does not) work|options?|choices|similar|"
        r"plan b|"
        r"instead|alternativ\w*|other (?:ways?|options?|things?)|besides|else|other than|rather "
        r"than|"
        r"without (?:doing )?|compared? (?:to|with)|versus|vs|beat|better than|just (?:do|detox)|"
        r"differ\w+|or is|do nothing|nothing"
    ),
    "who": (
        r"who (?:is|s|was) .*(?:for|suit|made)|right for|suits?|for (?:someone|people|kids?|"
        r"teens?|teenagers?|"
        r"children|old\w*|men|women|veterans|(?:my )?(?:son|daughter|mom|dad|mother|father|wife|"
        r"husband|kid))|"
        r"good fit|worth it|am i too|im \d+|\d+ (?:year|yr)s? old|best for|only for|candidate|"
        r"people like me|"
        r"do i qualify|who needs|what kind of people|who goes|too (?:young|old|sick)|is it for me"
    ),
    "waiting": r"wait(?:ing)? ?lists?|until (?:i|we) get in|meantime|meanwhile",
    # What people ask of many therapies, in the words of the questions on our pages and others.
    "soon": (
        r"how soon|how (?:long|many \w+|much time) (?:until|till|before)|after how (?:many|long)|"
        r"how fast|"
        r"how quick\w*|before (?:i|something|anything|it|you|people) (?:\w+ )?(?:notice|feel|"
        r"change|work|help|see)\w*|"
        r"when (?:do|does|will|would|can|should) (?:i|it|you|people|we|\w+ \w+|\w+) .*(?:feel|"
        r"work|notice|help|"
        r"change|better|start|begin|kick)\w*|first results?|notice something"
    ),
    "past": (
        r"past\b|childhood|my parents|growing up|when i was (?:little|young|a (?:kid|child))|old "
        r"(?:stuff|"
        r"wounds|memories)|dig(?:s|ging)?|youth|early (?:life|years)|(?:as|like) a (?:kid|child)|"
        r"upbringing|"
        r"mother and father"
    ),
    "tell": (
        r"(?:have|need|got|must|forced?|make me|want me) (?:to )?(?:tell|say|describe|share|talk|"
        r"speak|relive|"
        r"go into|retell)|tell what happened|tell .*(?:detail|everything|all)|every detail|in "
        r"detail|out loud|"
        r"spell it out|without (?:talking|telling|saying)|talk about (?:it|self|the|what)|speak "
        r"of|recount|"
        r"happened to me|keep .* to myself"
    ),
    "private": (
        r"privat\w+|confidential\w*|secret\w*|(?:will|can|could|would|do|does|might) .*(?:tell|"
        r"told|find out|"
        r"know|hear|report|share|inform)\w* .*(?:boss|work|job|parents?|wife|husband|judge|police|"
        r"court|officer|"
        r"probation|family|anyone|someone|people|employer|school|landlord|mom|dad|spouse)|(?:used|"
        r"held) "
        r"(?:against|in court)|court|on my record|stays? (?:here|between)|people know|anonymous|"
        r"snitch|cops?"
    ),
    "alone": (
        r"on my own|by (?:my|your)self|alone|self help|work ?books?|books?|youtube|videos?|apps?|"
        r"online|"
        r"at home|diy|without a (?:therapist|counselor|doctor|teacher|coach)|recordings?|"
        r"websites?|podcasts?"
    ),
    "sober": (
        r"sober|clean\b|(?:still|while|if|when|am|im) (?:\w+ ){0,2}(?:drink\w*|us(?:e|ing)|"
        r"smok\w+|high|drunk)|"
        r"(?:have to|need to|must|got to|until i|make me) (?:\w+ )?(?:stop|quit)|stop everything|"
        r"quit (?:first|"
        r"everything|all)|before i come|for good|forever|"
        r"swear off|abstinen\w+|give up (?:drinking|alcohol|everything)|cut down|take a break|"
        r"do(?:ing)? drugs|"
        r"alcoholic|accept (?:people|me)"
    ),
    "craving": (
        r"crav\w+|addict\w*|stop (?:\w+ )?(?:drinking|using|smoking)|(?:get|stay|keep|off)\w* "
        r"(?:\w+ ){0,2}"
        r"(?:sober|clean|drinking|using)|quit\w*|drug use|substance|alcohol|alcoholism|drinking "
        r"or using"
    ),
    "refuses": (
        r"(?:will not|wont|wouldnt|doesnt want|does not want|refus\w+|says? no|in denial|not "
        r"ready|not (?:come|go|"
        r"get help)|never go|hates the idea)|(?:my|our) (?:\w+ )?(?:partner|husband|wife|son|"
        r"daughter|uncle|brother|"
        r"sister|mother|father|mom|dad|kid|child|teen\w*|boyfriend|girlfriend) .*(?:drinks|uses|"
        r"smokes|wont|"
        r"refuses|denial)|not get help|see anyone"
    ),
    "faith": (
        r"relig\w+|god|faith|church|pray\w*|spiritual\w*|hindu\w*|buddh\w+|christian\w*|muslim|"
        r"islam|jewish|"
        r"bible|atheist|believ\w+|cult|higher power|my beliefs"
    ),
    "away": (
        r"take (?:\w+ ){0,3}away|go(?:es)? away|gone|get(?:ting)? rid|make (?:\w+ ){0,3}stop|stop "
        r"(?:\w+ )?"
        r"(?:hurting|pain)|(?:pain|hurt|ache) free|numb|cures?|no more|free of|switch off|"
        r"disappear|erase|"
        r"cant be (?:cured|fixed)|cannot be fixed|point of|less pain|turn off"
    ),
    "skill": (
        r"good at|talent\w*|draw\w*|paint\w*|sing(?:ing)?|artist\w*|musical|play an? \w+|bend\w*|"
        r"flexib\w+|"
        r"stiff\w*|sit on the floor|floor|wheelchair|chair|knees?|creative|never (?:done|tried)|"
        r"out of shape|"
        r"too (?:old|fat|stiff)|know how|take part|touch my toes|lying down|lie down|beginner"
    ),
    "lasts": (
        r"wear\w* off|(?:does|do|will|would|how) .*\blast\b|gain last|come back|slide back|"
        r"relapse|permanent|"
        r"years later|when (?:i|it|im|were) (?:am |is |are )?(?:done|over|finished)|afterwards?|"
        r"after .* ends?|"
        r"rewards stop|run out|go back to|keep working|for good|long term|stays? with"
    ),
    "instead-of-medicine": (
        r"(?:stop|replac\w+|off|instead of|insted of|place of|without|skip|swap|no more|drop|quit|"
        r"need|better than|"
        rf"keep|throw away|lower) (?:\w+ ){{0,3}}(?:{_MEDICINES}|treatment|chemo\w*|insulin)"
    ),
    "enough": (
        r"enough|by itself|only (?:treatment|thing)|all (?:i need|there is)|more than|on its own|"
        r"alone (?:do|be|work)|"
        r"as good|good as|as well as|nothing else|sufficient|just (?:do|use|an?)\b|really all"
    ),
    "same": (
        r"same|differ\w+|versus|vs|compared?|rather than|just another|another name|another word|"
        r"only a|"
        r"kind of|is (?:it|this|that|\w+) (?:just|only|really|basically)|isnt .* just|what .* "
        r"called|like on tv|"
        r"nothing but|mean by|is that just"
    ),
    "better": (
        r"better|beats?|best|as well as|wins?|stronger|more effective|superior|faster|advantage"
    ),
    "blame": (
        r"blam\w+|fault|guilt\w*|caused? (?:it|this)|did (?:we|i) (?:as parents )?(?:do|cause)|"
        r"responsible"
    ),
    "sides": (
        r"(?:takes?|my|her|his|\w+s|whose|on|pick|choose) sides?\b|against me|gang up|unfair|"
        r"neutral|my wifes side|take turns|picks? on"
    ),
    "violence": (
        r"violen\w+|abus\w+|beats? me|hits?|hitting|hurts me|afraid of him|scared of|threat\w*"
    ),
    "pregnant": r"pregnan\w+|baby|breastfeed\w*|nursing|expecting|trying to conceive",
    "slip": (
        r"slip\w*|relapsed?\b|used again|(?:drank|smoked|shot up|used|drink) (?:again|last|on it|"
        r"while)|fail\w*|"
        r"dirty|positive|test shows|messed up|fell off|if i use|kick (?:me|us) out|one (?:beer|"
        r"drink|hit)"
    ),
    "giving-up": (
        r"giv(?:e|ing) up|surrender\w*|throw in|towel|put up with|resign\w*|accept(?:ing|ance)? "
        r"(?:mean|it|every)\w*|lie back"
    ),
    "bribe": (
        r"brib\w*|rewards?|prizes?|vouchers?|cash|gift cards?|incentives?|pay(?:ing)? (?:addicts|"
        r"people)"
    ),
    "trading": (
        r"trad(?:e|ing)|swap\w*|one drug|(?:another|new|still an?) (?:drug|addict\w*|addiction)|"
        r"crutch"
    ),
    "hurts": r"hurts?|painful|sore|needles?|shocks?|ouch|sting\w*",
    "force": (
        r"forc\w+|throw (?:me|you)|worst|scar(?:y|iest)|right away|straight|fall apart|handle it|"
        r"too much|overwhelm\w*|break ?down|lose it|panic (?:there|in)"
    ),
    "told-what-to-do": (
        r"tell me what to do|told what|preach\w*|lectur\w*|argue|push(?:ed|y)?|judge me|make me "
        r"quit|boss me|debate|talk me (?:into|out)"
    ),
    "thinking": (
        r"positive|happy (?:things|thoughts)|pretend\w*|optimis\w*|cheer\w*|affirmations?|"
        r"thoughts?"
    ),
    "scan": r"scans?|mri|x ?rays?|imaging|referral",
    "family": (
        r"famil(?:y|ies)|wi(?:fe|ves)|husbands?|kids?|children|relatives|loved ones?|partners?|"
        r"spouses?|mom|dad|parents?"
    ),
    "teen": (
        r"teen\w*|adolescen\w*|(?:1[0-9]) (?:year|yr)s?|1[0-9]yo|young (?:people|person)|my "
        r"(?:son|daughter|kid|child)|high school|youth"
    ),
    "meditate": r"meditat\w+|mindful\w*|close my eyes|breath\w*",
    "right-now": (
        r"right now|at the moment|currently|today|acute|in the middle of|new\b|just (?:started|"
        r"happened|hurt)"
    ),
}
_FAMILIES = {name: re.compile(rf"\b(?:{wording})\b") for name, wording in FAMILIES.items()}


def asked_for(text):
    """The names of what a folded text asks for."""
    found = frozenset(name for name, wording in _FAMILIES.items() if wording.search(text))
    return found - {"what"} if len(found) > 1 else found
