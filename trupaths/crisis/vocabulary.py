"""LEAF: people, wishes and means: what the wording of danger is made of.

Parts of regular expressions, for whole words with single spaces between them.
"""

# Long lines: a phrase reads best in one piece.
# ruff: noqa: E501


def any_of(words):
    """One of these words or, with _ for a space, groups of words."""
    return f"(?:{'|'.join(words.split())})".replace("_", " ")


def gap(most):
    """Up to so many words of any kind."""
    return f"(?:[a-z0-9]+ ){{0,{most}}}"


# ---- People
SELF = "i me myself yo mi conmigo".split()
KIN = (
    "son daughter child kid baby boy girl toddler husband wife spouse partner boyfriend girlfriend fiance fiancee ex "
    "friend bestie bff buddy brother sister sibling twin mom mother dad father stepdad stepmom stepfather "
    "stepmother stepson stepdaughter grandma grandpa grandmother grandfather granddaughter grandson uncle aunt cousin "
    "nephew niece roommate flatmate coworker colleague neighbor neighbour student client patient teen teenager "
    "classmate teammate employee parent veteran guy man woman dude person lady stranger teacher coach boss landlord pimp trafficker homie pal mate bro kiddo roomie housemate grandkid grandchild sponsor cellmate"
)
OTHERS = (
    "he she they him her his hers their theirs them himself herself themselves someone family people kids children child parents "
    "hijo hija hijos esposo esposa marido mujer novio novia hermano hermana amigo amiga madre padre mama papa tio tia primo prima "
    "sobrino sobrina abuelo abuela companero companera vecino vecina alguien suicidarse matarse morirse quitarse cortarse hacerse lastimarse tuvo "
    + KIN + " " + " ".join(f"{who}s" for who in KIN.split())
).split()  # fmt: skip
PERSON = (
    "(?:he|she|they|someone|(?:my|a|the|our|his|her|this|some|your) (?:[a-z]+ )?"
    f"(?:{'|'.join(KIN.split())}|kids|children|parents|family|friends|relative|loved one))"
)
REFLEXIVE = any_of("myself himself herself themselves yourself ourselves themself oneself")
OWN = "(?:my|his|her|their|your|our)(?: own)?"
NEG = "(?:not|never|no longer|nor)"
MORE = any_of(
    "anymore any_longer much_longer longer like_this this_way another_(?:single_)?(?:day|night|minute|hour|week|second|moment)"
)

# ---- Wanting, thinking, being about to
WANT = (
    "(?:want(?:s|ed)?|wish(?:es|ed|ing)?|need(?:s|ed)?|plan(?:s|ning|ned)?|ready|about|like|love|lov(?:e|es|ing)|hop(?:e|es|ed|ing)|"
    "pray(?:s|ed|ing)?|prefer|deserve(?:s|d)?|decid(?:e|es|ed|ing)|tempted|trying|tried|intend(?:s|ing|ed)?|attempt(?:s|ed|ing)?|consider(?:s|ed|ing)?|"
    "think(?:s|ing)? (?:of|about|i should|i will|i might)|thought (?:of|about)|thoughts? (?:of|about|to)|urges?|long(?:s|ing)?|dream(?:s|ing)? (?:of|about)|"
    "fantasi[sz](?:e|es|ing) (?:of|about)|better|rather|better off|easier|going|let me|might|should|crav(?:e|es|ing)|wanting|beg(?:s|ging)?|tired enough)"
    "(?: to| for| if| that)?"
)
I_WISH = "(?:i |he |she |they |we |god |someone |something |it )?(?:could |would |will |was |were |am |is |be |had |have |should |can |did |do |been |being )*"
GONE = (
    "(?:died|die|dead|gone|not exist|not be (?:here|alive|around)|was not (?:here|alive|around|born)|were not (?:here|alive|around|born)|"
    "did not exist|not existed|disappeared|disappear|vanished|vanish|was never born|had never been born|not here|not alive|not around|"
    "no longer (?:here|around|alive|exist(?:ed)?)|out of the (?:way|picture)|passed away|were to die|not wake up|left this world|never existed|never was)"
)
IF_GONE = f"(?:if|when|once|after|with) (?:i|me) (?:(?:was|were|am|is|had|just|did|would|to|be) ){{0,2}}?{GONE}"

# ---- Means
DRUG = any_of(
    "pills tablets meds medicine medicines medication medications antidepressants sleeping_(?:pills|meds|tablets) "
    "painkillers? tylenol acetaminophen paracetamol ibuprofen advil aspirin aleve xanax valium klonopin ativan benzos? "
    "benadryl ambien trazodone oxy oxys oxycodone oxycontin percs? percocets? vicodin norco hydrocodone heroin dope fentanyl fent fenty morphine "
    "methadone suboxone opioids? opiates? meth crystal cocaine coke crack adderall ketamine ghb molly mdma ecstasy seroquel lithium insulin lexapro zoloft "
    "prozac gabapentin lyrica tramadol codeine nyquil dxm (?:blood_pressure|heart|pain|anxiety|diabetes|seizure|sleep)_(?:pills|meds|medicine) "
    "drugs? stuff bars blues speedball"
)  # fmt: skip
POISON = any_of(
    "bleach antifreeze poison rat_poison detergent drain_cleaner cleaning_fluid cleaning_(?:products?|supplies) oven_cleaner toilet_cleaner cleaner laundry_(?:pods?|detergent) perfume paint_thinner ammonia pesticide insecticide draino drano lighter_fluid gasoline rubbing_alcohol hand_sanitizer"
)
ALCOHOL = any_of("alcohol vodka whiskey booze liquor tequila rum gin wine beer drinks?")
WEAPON = any_of("gun pistol rifle shotgun handgun firearm revolver glock weapon")
BLADE = any_of("razors? razor_blades? blades? knife knives box_cutter scissors")
ROPE = any_of("rope belt cord extension_cord")
MEANS = f"(?:{WEAPON}|{BLADE}|{ROPE}|{DRUG}|bullets?|pills)"
HEIGHT = any_of(
    "bridges? ledge roof rooftop cliffs? balcony overpass parking_garage parking_structure building tall_buildings? window platform overlook dam"
)
LETHAL_WAY = "(?:painless(?:ly)?|painful(?:ly)?|easiest|easy|quickest|quick(?:ly)?|fastest|fast|best|surest|least painful|most painless|peaceful(?:ly)?|good|cleanest|simplest|effective|reliable|certain|foolproof|gentle|gentlest|deadliest)"
