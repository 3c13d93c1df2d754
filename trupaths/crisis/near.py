"""LEAF: words that mean danger when they stand near one another, in English and Spanish.

The families of words.py ask for a phrase; people in danger rarely use it. Here each word has its
meanings (MEANINGS), and a rule names meanings in order, and within how many words they must stand:
"REGRET ALIVE 6" hears "angry that the ambulance came and I am alive". A word in lower case stands
for itself. Tried only where no family fits, on what idioms and questions leave (crisis.py).
"""

# Long lines: a list of words reads best in one piece.
# ruff: noqa: E501

import re
from collections import defaultdict

from .vocabulary import KIN


def forms(verbs):
    """The verbs and their regular forms.

    >>> sorted(forms("jump choke"))
    ['choke', 'choked', 'chokes', 'choking', 'jump', 'jumped', 'jumping', 'jumps']
    """
    every = set()
    for verb in verbs.split():
        stem = verb.removesuffix("e")
        every |= {verb, f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"}
        every |= {f"{stem}ed", f"{stem}ing"}
    return every


def group(words):
    """Words; with _ for a space, groups of words."""
    return {word.replace("_", " ") for word in words.split()}


def kin(more=""):
    """People, one or many."""
    return {name for who in KIN.split() for name in (who, f"{who}s")} | group(more)


DRUGS = group(
    """pills medicine medicines medication medications antidepressants painkiller painkillers tylenol acetaminophen paracetamol
    ibuprofen advil aspirin aleve xanax valium klonopin ativan benzo benzos benadryl ambien trazodone oxy oxys oxycodone oxycontin perc
    percs percocet percocets vicodin norco hydrocodone heroin dope fentanyl fent fenty morphine methadone suboxone opioids opiates meth
    crystal cocaine coke crack adderall ketamine ghb molly mdma ecstasy seroquel lithium insulin lexapro zoloft prozac gabapentin lyrica
    tramadol codeine nyquil dxm bars blues blue speedball edibles acid shrooms tabs prescription prescriptions sleeping_aid sleep_aid
    pastillas pastilas pildoras medicamento medicamentos medicina medicinas remedios tabletas somniferos calmantes antidepresivos
    clonazepam rivotril tramadol heroina fentanilo cocaina cristal insulina droga drogas"""
)
POISONS = group(
    """bleach antifreeze poison detergent cleaner drano gasoline pesticide rat_poison hand_sanitizer rubbing_alcohol windex lysol
    cloro veneno raticida blanqueador insecticida thinner"""
)
DRINKS = group(
    "alcohol vodka whiskey whisky booze liquor tequila rum gin beer beers wine shots cerveza licor mezcal ron"
)
HEIGHTS = group(
    """bridge bridges overpass ledge roof rooftop cliff cliffs balcony parking_garage parking_structure train_tracks tracks railing
    railroad_tracks railway subway_platform platform quarry puente azotea techo balcon vias"""
)
ARMS = group(
    "gun guns pistol rifle shotgun handgun firearm revolver glock pistola escopeta arma revolver noose rope soga cuerda gun_cabinet gun_safe bullets ammo"
)
SHARP = group("razor razors blade blades knife knives box_cutter navaja cuchillo navajas")

MEANINGS = {
    "OUT": group(
        "out nothing not_working no_response unresponsive blue gone worse again not_waking not_breathing twice"
    ),
    "NARCAN": group("narcanned narcan naloxone narcaned"),
    "HOLIDAY": group(
        "holiday holidays christmas birthday thanksgiving summer spring winter fall new_year easter weekend family_dinner sunset sunrise dinner navidad cumpleanos verano"
    ),
    "LAST_ONE": group("the_last my_last our_last one_last mi_ultima mi_ultimo ultima ultimo"),
    "FOR_GOOD": group("for_good forever permanently keep_forever to_keep para_siempre"),
    "PET": group("cat dog cats dogs pet pets kids children son daughter baby perro gato hijos"),
    "GIVE": group(
        "dropped left gave given took brought handed rehomed giving leaving dropping dejo deje"
    ),
    "ACT": group(
        "my_will my_own_will gave_away given_away giving_away cleaned_my cleaned_out cleaned_the cleaning_out paid_off closed_my deleted_my deleted_everything said_my my_goodbyes said_goodbye saying_goodbye wrote_letters written_letters letters a_letter a_note my_note passwords life_insurance dropped_the_cat dropped_the_dog dropped_my rehomed sold_my sold_everything packed_up_my my_affairs debts returned_everything boxed_up beneficiary funeral cremation cremated apologized_to forgave hugged burned_my wiped_my donated_my donated_everything found_a_home made_my_peace"
    ),
    "READY_FOR": group(
        "what_i_need everything_i_need all_i_need the_stuff the_means the_pills a_date a_place the_place a_note tonight to_end nobody"
    ),
    "HURTS": group(
        "hurt painless painful quick fast fast_enough without_pain sin_dolor pain alone tonight messy"
    ),
    "DAY": group(
        "being_alive living life existence existing another_day one_more_day another_night one_more_night another_week another_month another_year tomorrow waking_up this_world next_year"
    ),
    "BEAR": group(
        "bear stand take handle face tolerate endure survive get_through make_it_through cope_with deal_with go_through imagine do spend"
    ),
    "CANT": group("can_not could_not unable not_able no_longer do_not_know_how"),
    "I": group("i me my myself yo mi me"),
    "NOT": group("not never no nobody nothing without none hardly barely nunca nadie nada ni sin"),
    "PERSON": kin(
        "he she they someone family people kids children mi_hijo mi_hija mi_amigo mi_amiga mi_hermano mi_hermana mi_mom mi_dad mi_padre mi_madre mi_esposo mi_esposa mi_novio mi_novia mi_pareja"
    ),
    "FAMILY": group(
        "kids children family everyone parents son daughter wife husband mom dad mother father people world boys girls baby them they sister brother hijos familia todos ellos"
    ),
    # ---- Life and death
    "ALIVE": group(
        "alive survived survive surviving wake_up woke_up woke waking_up wake breathing here came_back made_it saved_me revived pulled_through vivo viva sobrevivi desperte"
    ),
    "LIFE": group(
        "life alive live living exist existing existence be_here being_here breathing vivir vida existir"
    ),
    "DEAD": group(
        "die died dying dead death suicide not_wake_up never_wake_up never_waking_up not_waking_up not_exist not_existing passed_away morir morirme muerte muerto muerta muera muero muere morirse no_despertar no_existir matarme"
    ),
    "BORN": group("born existed nacido nacer"),
    "REGRET": forms("regret disappoint")
    | group(
        "sorry sad angry mad pissed upset ashamed hate hated unfortunately wish_i_had_not bummed disappointment annoyed arrepiento mistake unlucky damn"
    ),
    "RELIEF": group(
        "relief relieved blessing mercy nice peaceful comforting easier kinder beautiful gift better freedom free alivio"
    ),
    "WORN": forms("exhaust drain")
    | group(
        "tired sick done fed_up weary over_it beaten burnt_out cansado cansada harto harta hasta_la_madre hasta_el_gorro agotado agotada"
    ),
    "HOPE": group("hope hopes esperanza esperanzas faith"),
    "LOST": group(
        "lost losing lose lack gone ran_out run_out running_out out_of zero perdi perdido perdiendo"
    ),
    "REASON": group(
        "reason reasons point purpose motivation will strength energy motivo motivos razon razones fuerzas sentido"
    ),
    "GO_ON": group(
        "live living stay staying keep_going go_on going_on carry_on continue get_up get_out_of_bed wake_up fight fighting breathe breathing exist try trying hold_on hang_on seguir vivir continuar luchar levantarme keep_fighting keep_trying keep_living"
    ),
    "OWN_DEATH": group(
        "my_own_death my_death my_funeral my_own_funeral my_grave my_suicide my_own_suicide my_coffin my_headstone my_eulogy my_obituary mi_muerte mi_funeral mi_entierro mi_suicidio"
    ),
    "THINK": forms(
        "imagine picture dream plan think visualize daydream obsess fantasize fantasise rehearse"
    )
    | group("thought thoughts see dreamt imagino pienso planeo"),
    "WAYOUT": group("way_out way_to_stop way_to_end only_way escape salida"),
    "WAS_I": group("am_i do_i was_i did_i i_am i"),
    "VANISH": forms("disappear vanish evaporate") | group("desaparecer esfumarme"),
    # ---- Means, places, plans
    "MEANS": ARMS
    | SHARP
    | HEIGHTS
    | group("medicine_cabinet pill_bottle pills_bottle pills bottle_of_pills gun_store wheel"),
    "ARM": ARMS,
    "DRUG": DRUGS,
    "POISON": POISONS,
    "DRINK": DRINKS,
    "HEIGHT": HEIGHTS,
    "SHARP": SHARP,
    "KEEP": group(
        "keep keeps kept can_not_stop catch_myself find_myself found_myself end_up every_night every_day drawn obsessed can_not_quit"
    ),
    "LOOK": forms("look stare walk visit stand reach return drift")
    | group(
        "thinking think eyeing go going went drive driving drove stood googling searching sitting staring holding hold touching coming_back parking"
    ),
    "URGE": group(
        "urge urges urgency tempted temptation want wanted wanting could almost nearly feel_like easy pull thought thoughts thinking think thinks imagine imagining picture picturing fantasize impulse impulses going visions images image flashes idea ideas wonder wondering scared_i afraid_i worried_i terrified_i might pienso ganas impulso impulsos imagenes quiero quisiera voy_a podria"
    ),
    "CRASH": forms("crash swerve steer veer drift plow ram")
    | group("drive driving drove let_go letting_go chocar estrellarme estrellar"),
    "OBSTACLE": group(
        "tree wall river lake pole oncoming truck semi traffic ditch water guardrail median barrier embankment wheel off_the_road on_purpose cliff bridge off_a arbol muro"
    ),
    "JUMP": forms("jump leap")
    | group(
        "step_off go_over throw_himself throw_herself throw_themselves tirarse aventarse lanzarse saltar brincar"
    ),
    "THREAT": forms("threaten")
    | group(
        "about_to going_to wants_to says_he_will says_she_will ready_to trying_to amenaza amenazando quiere va_a"
    ),
    "BARRIER": group(
        "net nets barrier barriers fence fences patrol patrolled guard_rail suicide_net"
    ),
    "BOUGHT": group(
        "bought buying buy purchased ordered got_myself got_a borrowed stole stealing compre consegui"
    ),
    "GUARD": group(
        "custody guardian raise raises take_care look_after looks_after care_for gets keep adopt take_in watch inherit who_gets"
    ),
    "IF_LOST": group(
        "if_something_happens if_anything_happens if_something_happened if_anything_happened something_happens_to_me anything_happens_to_me if_i_am_not if_i_do_not si_me_pasa si_algo_me_pasa si_falto"
    ),
    "EDGE": group("edge ledge railing rail parapet barandal cornisa borde"),
    "STAND": forms("stand lean climb")
    | group("stood sitting sat feet legs over standing crossed parado parada"),
    "NEED": group("need needing needed require"),
    "AFTER": group("after anymore where soon once beyond past"),
    "END_TIME": group(
        "tonight tomorrow today friday saturday sunday monday this_weekend this_week soon weekend the_end then i_am_gone"
    ),
    "INSURANCE": group(
        "insurance_money life_insurance insurance_payout payout my_insurance_pays death_benefit death_benefits survivor_benefits survivors_benefits seguro_de_vida"
    ),
    # ---- Overdose
    "TOOK": group(
        "swallowed downed ingested popped injected chugged gulped mixed snorted combined took taken ate eaten drank drunk shot_up shooting_up smoked did given tome tomo tomado trague trago bebi bebio comio ingirio inyecto consumio mezcle mezclo me_pase se_paso"
    ),
    "MUCH": group(
        "whole entire all every bottle bottles handful handfuls box pack too_many too_much so_many so_much lots loads bunch double triple twice several dozens extra leftover rest everything more_than way_more three_times overload massive todo toda todas todos muchas muchos demasiadas frasco caja puno monton bote montonal demasiado"
    ),
    "PRESCRIBED": group(
        "supposed_to prescribed meant_to should_have the_limit allowed my_dose the_dose recommended_dose"
    ),
    "LITTLE_ONE": group(
        "toddler baby kid son daughter grandson granddaughter child nephew niece bebe hijo hija nino nina nieto nieta dog"
    ),
    "ATE": group(
        "ate swallowed drank got_into eaten chewed swallowing eating licked finished_off polished_off gobbled emptied wolfed_down helped_himself helped_herself got_his_hands_on got_her_hands_on se_acabo se_trago se_tomo se_comio comio trago bebio tomo got_hold_of"
    ),
    "BREATHE": group(
        "breathe breathing breath wake waking respond responding answer answering responsive move moving react reacting conscious alert respira despierta responde reacciona contesta"
    ),
    "DOWN": group(
        "unresponsive unconscious blue purple gurgling foaming foam seizing convulsing collapsed collapse limp no_pulse passed_out passing_out blacked_out blacking_out cold_and_clammy slumped nodding_off nodding_out on_the_floor can_not_stand slurring inconsciente morado morada azul desmayado desmayada convulsionando se_desmayo fainted vomiting throwing_up barely_breathing"
    ),
    "ALARM": group(
        "scared feel_weird feel_funny feel_sick dizzy heart hurts can_not_breathe barely help what_do_i_do ambulance hospital er mal mareado mareada asustada asustado ayuda numb dying blurry slow sleepy nodding"
    ),
    "CHEST": group("chest heart pecho corazon"),
    "STIMULANT": group("cocaine coke meth crack adderall speed molly cocaina cristal"),
    "PAIN": group("hurts pain hurting pounding racing tight burning duele dolor pains squeezing"),
    # ---- Withdrawal
    "OFF": forms("quit detox withdraw stop")
    | group(
        "stopped stopping quitting off without no dropped detoxing cold_turkey ran_out run_out came_off coming_off since days sober last_drink withdrawal withdrawals cut_off weaned deje dejo dejar sin abstinencia paro pare hours"
    ),
    "SUBSTANCE": DRINKS
    | group(
        "drinking drink drank xanax benzo benzos klonopin ativan valium gabapentin phenobarbital ghb opioids heroin fentanyl methadone suboxone oxy oxycodone tomar beber trago clonazepam rivotril bottle drinker detox withdrawal withdrawals phenibut"
    ),
    "SHAKES": forms("shake tremble hallucinate convulse")
    | group(
        "seizure seizures fit fits tremors tremor convulsion convulsions hallucinations seeing_things seeing_bugs seeing_spiders seeing_people seeing_shadows hearing_things sees_things seeing_rats delirious delirium fever seizing temblando tiembla tiemblo temblores alucina alucinando alucinaciones convulsiones convulsiono convulsiona ve_cosas viendo_cosas veo_cosas ve_bichos veo_bichos ve_animales bugs spiders there_is_nobody are_not_there is_not_there not_real shakes talking_to_people not_making_sense disoriented does_not_know_where out_of_his_mind sweating_through crawling"
    ),
    # ---- Self-harm
    "SOFT": group(
        "wrist wrists arm arms thigh thighs leg legs skin forearm forearms stomach body flesh munecas brazos brazo piernas piel muslos vein veins venas"
    ),
    "WOUND": forms("slice carve scratch burn gash slash scar peel rip claw stab bruise mutilate")
    | group(
        "cut cuts cutting slit slitting tear tearing tore bite biting bit put_out stub corto corte cortar cortarme cortarse corta quemo quemar"
    ),
    "BURNER": group(
        "cigarette cigarettes lighter cigarro cigarros iron stove match matches encendedor"
    ),
    "ON_PURPOSE": group("on_purpose deliberately intentionally purposely a_proposito adrede"),
    "BLOOD": group("blood bleed bleeding bled sangre sangrar sangro"),
    "CALM": forms("calm cope numb relieve punish ease release")
    | group(
        "feel_something feel_ok feel_better feel_alive feel_real need_to_see control the_only_thing relief desahogarme"
    ),
    "CALLS": forms("call tempt haunt whisper")
    | group("calling_me calling_my_name beckoning looks_good singing_to_me"),
    # ---- Eating
    "NO_FOOD": group(
        "not_eat not_eaten not_eating not_ate no_food without_food without_eating starving starve starved fasting restricting restrict purging purge purged bulimia bulimic anorexia anorexic laxatives throwing_up_my_food refuses_to_eat refusing_to_eat stopped_eating skipping_meals no_comer sin_comer no_come no_he_comido laxantes anorexica calories"
    ),
    "COLLAPSE": group(
        "faint fainted fainting faints passing_out passed_out pass_out passes_out collapsed collapse collapsing collapses dizzy black_out blacked_out blacking_out heart chest palpitations can_not_stand can_not_walk weak blood hair_falling hair_is_falling period_stopped cold_all_the_time desmaye desmayo desmayando desmaya mareo irregular skips potassium skeleton bones skin_and_bones"
    ),
    "WEIGHS": group("weigh weighs weighing bmi down_to peso pesa pounds lbs kilos kg"),
    "EAT_GUN": group("eat eating ate swallow swallowing kiss kissing taste tasting"),
    "EAT": group("eat eating eaten food comer come meal meals"),
    # ---- Violence
    "ABUSER": kin(
        "he she they ex_husband ex_wife caregiver nurse priest pastor aide stalker abuser guard stranger doctor supervisor foster_dad foster_mom foster_father in_laws cop officer jefe esposo marido novio novia esposa pareja padrastro papa padre tio primo hermano vecino ex cuidadora guy clients john"
    ),
    "ATTACK": forms(
        "kick punch slap beat choke strangle grope rape molest assault abuse attack whip bruise smack shove touch grab force drug corner hurt"
    )
    | group(
        "hits hit hitting hurts hurting stabbed shot bites bit_me beat beaten beats threw throws raped molesting pinned dragged drags held_me_down burns burned locked locks locks_me pega pego golpea golpeo golpean viola violo abusa abuso amenaza amenazo maltrata toca manosea obliga obligan obligo encierra ahorca"
    ),
    "KILL_ME": group(
        "kill_me kill_us murder_me end_me shoot_me matarme matarnos me_mata me_va_a_matar"
    ),
    "HURT_ME": group(
        "hurt_me hurt_us hurt_my find_me find_us found_me found_us come_after_me coming_for_me followed_me tracking_me track_me stalking_me take_my_kids take_the_kids encontrarme encontro"
    ),
    "FEAR": group(
        "afraid scared terrified fear fearing frightened petrified miedo temo think_he think_she know_he knows_he sure_he worried_he this_time"
    ),
    "HIDE": forms("hide escape flee")
    | group(
        "hid running_from ran_away run_away escaping get_away got_away sneak escondida huyendo huir shelter"
    ),
    "ABUSIVE": group("abusive violent abuser controlling dangerous abusivo violento agresivo"),
    "BREAK_IN": group(
        "break_in breaking_in break_into breaking_into broke_in get_in kicking_in banging_on pounding_on"
    ),
    # ---- Harm to others
    "HARM": forms(
        "strangle smother poison stab drown shoot murder choke suffocate push torture beat harm punch throw shake drop hurt kill"
    )
    | group(
        "dropping throwing shoving hitting hit snapping burning stabbing matar golpear acuchillar ahorcar apunalar lastimar ahogar disparar estrangular envenenar asfixiar empujar"
    ),
    "VICTIM": kin(
        "someone somebody people strangers everyone him her them newborn babies infant twins kids children my_wife coworkers classmates alguien gente bebe vecino jefe hijo hija esposa esposo marido suegra companeros"
    ),
    "PUBLIC": group(
        "school church mall office work class crowd hospital campus synagogue mosque escuela iglesia"
    ),
    # ---- Others in danger
    "SAY": forms("say tell text write post talk message mention call tweet whisper scream")
    | group(
        "said told wrote writes saying talks talking posted texting keeps_saying dice dijo dijeron escribio amenaza says"
    ),
    "WISH": forms("want wish need pray beg hope")
    | group(
        "would_rather better ready rather quiere quiero quisiera mejor ojala prefiero prefiere gustaria desearia"
    ),
    "LOCKED_IN": forms("barricade")
    | group("locked_himself locked_herself locked_in shut_himself shut_herself encerro"),
    "BYE": group("goodbye goodbyes farewell adios bye see_you_in_the_next_life despedida despidio"),
    # ---- What only the weights use (weighing.py)
    "RELATIVE": kin(
        "mi_hijo mi_hija hijo hija esposo esposa novio novia hermano hermana mama papa mom dad amigo amiga abuelo abuela tio tia primo prima sobrino sobrina fiance family parents kids children suegra cunado"
    ),
    "ANIMAL": group(
        "dog dogs cat cats pet pets puppy kitten horse bird fish plants perro gato mascota"
    ),
    "DAY_NAME": group(
        "monday tuesday wednesday thursday friday saturday sunday weekend lunes martes miercoles jueves viernes sabado domingo"
    ),
    "SOON": group(
        "tonight tomorrow soon now today by_morning this_week this_weekend in_the_morning before_dawn any_minute hoy manana esta_noche pronto ahorita ahora"
    ),
    "FEAST": group(
        "christmas birthday thanksgiving holiday holidays easter graduation wedding anniversary new_year summer spring fall winter navidad cumpleanos boda"
    ),
    "SLEEP": group(
        "sleep asleep bed pillow nap eyes awake dormir sueno cama ojos anesthesia surgery"
    ),
    "WAKE": group(
        "wake woke waking woken wake_up despertar amanecer morning mornings sunrise open_my_eyes"
    ),
    "GOD": group(
        "god jesus lord heaven hell angel angels sin pray prayed prayer soul devil satan demon demons church forgive dios cielo virgen diablo infierno pecado"
    ),
    "GRAVE": group(
        "grave coffin casket funeral cemetery buried bury burying burial ashes urn cremated obituary eulogy hearse morgue body corpse tumba entierro ataud velorio panteon headstone"
    ),
    "PAPERS": group(
        "will note letter letters passwords password insurance policy beneficiary deed accounts account testament message messages video post journal diary carta cartas contrasenas testamento nota mensaje"
    ),
    "GIVEN": group(
        "gave given giving give left leave leaving donated donating rehomed handed signed returned returning regale regalando deje dejo sold cleaned cleaning packed deleted deleting cancelled canceled paid settled organized labeled finished arranged"
    ),
    "FALL_FROM": group(
        "bridge cliff ledge roof rooftop balcony railing rail rails edge overpass platform tracks train trains subway building tower window floor floors parking stairs highway freeway traffic bridges cliffs puente azotea balcon vias tren metro barandal techo edificio garage gorge ravine dam pier"
    ),
    "WATER": group(
        "water river lake ocean sea pond tub bathtub bath pool tide waves ice rio mar agua"
    ),
    "AIR": group(
        "helium nitrogen exhaust fumes monoxide charcoal engine motor hose bag gas tailpipe plastic"
    ),
    "CORD": group(
        "rope noose belt cord sheet sheets wire scarf knot fan beam rafter rafters hook branch tree ceiling soga cuerda cinturon"
    ),
    "GUN": group(
        "gun guns pistol rifle shotgun handgun firearm revolver glock trigger barrel bullet bullets ammo ammunition chamber holster safe cabinet nightstand drawer pistola arma escopeta bala balas rifle"
    ),
    "BLADE": group(
        "razor razors blade blades knife knives scissors sharpener cutter needle tweezers glass shard machete axe hatchet navaja cuchillo tijeras rasuradora hammer bat crowbar"
    ),
    "DOSE": group(
        "pills pill bottle bottles dose doses tablet tablets capsule capsules stash supply refill prescription meds medication medicine insulin fentanyl heroin oxy xanax tylenol lithium morphine patch patches syringe rig needle bag line shot shots pastillas frasco bote caja medicina jeringa gummies edibles"
    ),
    "TAKEN": group(
        "took taken swallowed had ate eaten drank drunk injected snorted smoked used shot chewed downed emptied finished popped chased licked huffed inhaled tome tomo trague trago comi inyecto used_alone after_using using relapsed"
    ),
    "LIMP": group(
        "limp cold blue purple grey gray pale unconscious unresponsive slumped out fell_out passed_out gurgling snoring foaming twitching seizing convulsing collapsed fainted stiff clammy drooling drowsy sleepy numb tingling dizzy blurry morado azul inconsciente tirado tirada palida fria desmayado"
    ),
    "BREATH": group(
        "breath breathe breathing breathes pulse heartbeat heart chest lungs lips fingernails gasping air respira corazon pulso labios aire"
    ),
    "SEES": group(
        "seeing sees hearing hears talking_to shadows bugs spiders ants rats people_in soldiers voices things crawling walls corner ghosts dead_brother dead_mother bichos sombras cosas aranas hombres imaginary confused delirious fever sweating sweats drenched soaked tremors shakes trembling shaking seizure jumpy paranoid temblando sudando fiebre"
    ),
    "DRY": group(
        "quit quitting stopped off without sober detox detoxing withdrawal withdrawals cold_turkey tapering ran_out last_drink hours days since dejar deje dejo abstinencia"
    ),
    "BOOZE": group(
        "drink drinking drinks booze liquor vodka whiskey beer wine alcohol bottle fifth handle xanax klonopin valium benzos ativan ghb tequila ron cerveza tomar beber trago"
    ),
    "HIT": forms(
        "hit beat kick punch slap choke strangle shove push grab grope rape molest bruise burn bite scratch whip throw drag smack pin hurt attack abuse assault touch force drug lock stalk threaten track follow circle corner spit squeeze smother bury swear"
    )
    | group(
        "beaten bitten threw pega pego golpea golpeo viola violo amenaza amenazo patea empujo agarro jalo ahorco encerro toca manosea obliga sigue maltrata swore"
    ),
    "MINE": group("me my us our mi mis nos myself"),
    "MAN": group(
        "he him his husband boyfriend ex dad father stepdad uncle brother boss man guy pimp he_is el marido esposo novio padrastro jefe priest coach doctor teacher manager landlord stranger"
    ),
    "WOMAN": group(
        "she her wife girlfriend mom mother stepmom sister aunt ella esposa novia madrastra nurse aide girl"
    ),
    "FLEE": group(
        "hide hiding escape flee run leave left leaving get_out get_away shelter safe safety locked closet bathroom outside barefoot packed huir escapar escondida salir refugio motel restraining_order police court circling stalking banging tracker"
    ),
    "SCARED": group(
        "scared afraid terrified fear frightened worried panic nervous petrified miedo asustada asustado temo hiding shaking"
    ),
    "STRIKE_AT": forms(
        "kill stab shoot murder strangle smother drown poison attack hurt harm push burn shake choke destroy slaughter execute bomb"
    )
    | group(
        "stabbing shoving throw throwing drop dropping sharpen sharpening loaded revenge pay sorry bleed suffer snap matar acuchillar apunalar ahorcar quemar lastimar golpear list waiting_for"
    ),
    "TARGET": group(
        "baby newborn infant toddler kids children boss coworker coworkers manager neighbor school class classmates office people strangers crowd someone everyone man guy wife husband mother father sister brother them him her bebe jefe vecino gente todos family cops"
    ),
    "COMMAND": group(
        "voice voices tells telling told says saying whisper whispers whispering orders ordering commands command commanding chip radio tv angel demon devil god voz voces dicen ordenan"
    ),
    "SKIN": group(
        "skin wrist wrists arm arms thigh thighs leg legs stomach face knuckles hand hands body veins scars scar cuts wounds scabs blood bleeding bleed piel brazos piernas munecas cicatrices sangre scratches bruises marks"
    ),
    "CUTTING": group(
        "cut cuts cutting carve carved slice sliced scratch scratching burn burned burning pick picking peel peeling pull reopened opened scald scalded punched banged hit rub rubbed snap snapping relapsed relapse clean streak days_clean corto corte quemo rasguno lastimo"
    ),
    "PUNISH": group(
        "deserve deserved deserves punish punishment feel_something feel_anything cope release relief numb control hate_myself calm urge urges itch crave on_purpose again merezco castigo"
    ),
    "STARVED": group(
        "eat eats eating ate eaten food meal meals calories hungry starve starving fast fasting purge purging vomit vomiting throw_up throwing_up laxatives diet_pills weigh weighs pounds lbs kilos bmi anorexia bulimia skinny fat comer comido vomito bocado restrict restricting chew"
    ),
    "WEAK_BODY": group(
        "faint fainted fainting pass_out passed_out passing_out black_out blacking_out blackouts dizzy collapsed collapse weak cold hair period pulse heart_rate palpitations legs_cramp fell stand desmayo desmaye mareo debil clumps"
    ),
    "WANTING": group(
        "want wanted wants wish wished need hope hoped pray ready rather like would_like prefer longing crave planning plan going_to about_to decided thinking_about think_about dream fantasize envy quiero quisiera ojala deseo prefiero ganas voy_a tempted"
    ),
    "NEVER": group(
        "not never no nobody nothing none without nowhere neither nunca nada nadie ni sin jamas no_longer anymore stop stopped"
    ),
    "END": group(
        "end ended ending ends over finish finished done stop gone leave exit quit last final goodbye forever check_out log_off sign_off go let_go erase erased vanish disappear fin final acabar terminar adios ultimo ultima"
    ),
    "DEATH": group(
        "die died dying dead death suicide kill killed killing lethal fatal overdose morir muerte muerto muerta matar suicidio murder drown hang jump"
    ),
    "ALIVE_NOW": group(
        "alive live living life exist existing existence born survive survived breathing here around future tomorrow vivir vida existir nacer naci futuro being"
    ),
    "ONLY_FOR": group(
        "for_my because_of_my only_thing only_reason keeps_me keeping_me holding_me stay stays staying solo_por"
    ),
    "LOAD": group(
        "burden weight problem trouble worthless useless waste mistake failure poison broken disappointment in_the_way unwanted nobody_needs carga estorbo inutil fracaso ruin ruined hate_me hates_me despise better_off easier_without worth_more"
    ),
    "HOPELESS": group(
        "hopeless pointless meaningless hope point future reason way_out trapped stuck cornered no_use lost_everything empty hollow numb darkness dark drowning unbearable torture agony despair esperanza sentido salida vacio"
    ),
    "ENOUGH": group(
        "tired sick exhausted done fed_up enough can_not can_not_take can_not_do drained worn_out over_it cansado cansada harto harta ya_no no_puedo no_aguanto barely"
    ),
    "ALONE_NOW": group(
        "alone lonely nobody_home empty_house by_myself nobody_knows no_friends secret isolated sola solo abandoned everyone_left invisible"
    ),
    "RUIN": group(
        "fired laid_off lost evicted foreclosed bankrupt bankruptcy divorce divorced custody broke debt jail prison arrested expelled dumped cheated terminal diagnosed failed flunked court despidieron perdi widow widower eviction"
    ),
    "ARMY": group(
        "vet veteran army marine marines navy sergeant platoon unit deployed deployment iraq afghanistan combat humvee buddies squad"
    ),
    "ASKS_HOW": group(
        "how how_many how_much how_long how_high how_far which what where where_is what_happens is_it would would_it can_you does_it como cuanto cuantas que_pasa donde"
    ),
    "PAINLESS": group(
        "painless quick fast hurt hurts pain peaceful easy easiest quickest fastest sure certain enough high_enough deep_enough sin_dolor rapido facil natural accident"
    ),
    "THANKS": group(
        "thanks thank_you nice_knowing good_knowing love_you remember_me take_care forgive sorry perdon gracias los_amo los_quiero not_your_fault fault blame tell_my dile diles"
    ),
    # ---- Ordinary business of such a site
    "CARE": group(
        "therapy therapist therapists counselor counseling clinic clinics doctor psychiatrist treatment rehab program programs group groups support session sessions appointment appointments meeting meetings class classes training workshop hotline coach hospital center terapia terapeuta psicologo clinica grupo tratamiento cita consejeria provider provider_s evaluation referral"
    ),
    "MONEY": group(
        "cost costs price insurance medicaid medicare copay free covered coverage aetna cigna bill sliding_scale afford pay fee low_cost cuesta seguro gratis accepts takes"
    ),
    "WHERE": group(
        "near near_me nearby in_my_area open hours weekend evening zip county city online telehealth virtual downtown cerca en_linea located address directions"
    ),
    "ILLNESS": group(
        "anxiety depression ptsd trauma adhd ocd bipolar insomnia addiction alcoholism migraine migraines fibromyalgia arthritis autism dementia cancer diabetes grief stress ansiedad depresion duelo estres asthma allergies"
    ),
    "STUDY": group(
        "paper essay article documentary movie film song book podcast series show thesis project research statistics study class lyrics album game novel history awareness training"
    ),
    "LONG_AGO": group(
        "years_ago decades_ago used_to in_college in_high_school as_a_child as_a_kid as_a_teen when_i_was last_year in_the_past hace_anos cuando_era history_of survivor anymore recovered"
    ),
    "CHORE": group(
        "homework exam test class laundry dishes gym workout yoga shopping recipe cooking garden garage_sale phone laptop wifi website app game music concert vacation flight hotel car_payment parking coffee breakfast lunch dinner weather reservation"
    ),
}
# Meanings in order, then within how many words; what cannot wait is named first in crisis.py.
RULES = {
    "overdose": """NARCAN PERSON OUT 8; PERSON NARCAN OUT 10; gave PERSON NARCAN 4; NARCAN PERSON but 5; TOOK MUCH DRUG 7; TOOK MUCH POISON 8; TOOK DRUG MUCH 5; TOOK more_than PRESCRIBED 8; TOOK MUCH PRESCRIBED 8; DRUG DOWN 14; DOWN DRUG 14; TOOK DOWN 10; DOWN TOOK 10;
        DRUG NOT BREATHE 14; TOOK NOT BREATHE 10; LITTLE_ONE ATE DRUG 8; LITTLE_ONE ATE POISON 8; TOOK DRUG DRINK ALARM 14; TOOK DRINK DRUG ALARM 14; TOOK something DOWN 9; needle NOT BREATHE 12; needle DOWN 12; DOWN needle 12;
        TOOK DRINK DRUG BREATHE 14; I TOOK POISON 5; TOOK ld50 6; me_pase DRUG 3; TOOK too_much 3; NOT BREATHE PERSON TOOK DRUG 14; SAY PERSON TOOK DRUG NOT BREATHE 16""",
    "withdrawal": """OFF SUBSTANCE SHAKES 18; SHAKES OFF SUBSTANCE 14; SUBSTANCE OFF SHAKES 14; SHAKES SUBSTANCE OFF 14""",
    "emergency": """CHEST PAIN STIMULANT 12; STIMULANT CHEST PAIN 14; STIMULANT PAIN CHEST 14""",
    "plan": """how_to_do_it HURTS 7; a_plan READY_FOR 8; the_plan READY_FOR 6; have plan READY_FOR 8; KEEP LOOK MEANS 8; LOOK over edge 4; STAND EDGE 5; HEIGHT BARRIER 8; URGE CRASH OBSTACLE 9; CRASH OBSTACLE URGE 8; KEEP CRASH OBSTACLE 8; easy let_go wheel 9;
        JUMP THREAT HEIGHT 8; THREAT JUMP HEIGHT 9; HEIGHT THREAT JUMP 8; PERSON HEIGHT JUMP 9; LOCKED_IN ARM 8; ARM LOCKED_IN 8; MEANS CALLS 5; BOUGHT ARM 4; EAT_GUN ARM 3""",
    "suicide": """REGRET ALIVE 6; REGRET NOT DEAD 6; THINK OWN_DEATH 6; THINK DEAD relief 8; SAY WISH DEAD 7; RELIEF DEAD 5; DEAD RELIEF 5; WISH NOT BORN 8; WISH DEAD NOT 3""",
    "farewell": """ACT ACT 14; GIVE PET FOR_GOOD 12; LAST_ONE HOLIDAY 2; NOT NEED AFTER END_TIME 8; NOT need anything where 8; will find_me morning 6; INSURANCE FAMILY 8; GUARD FAMILY IF_LOST 12; IF_LOST GUARD FAMILY 14; FAMILY INSURANCE 8; PERSON SAY BYE NOT 12""",
    "self-harm": """BURNER my SOFT 8; BURNER on SOFT 6; BLOOD CALM 6; CALM BLOOD 6; SHARP CALLS 5; WOUND my SOFT ON_PURPOSE 10; WOUND SOFT CALM 8; CALM WOUND SOFT 8; ON_PURPOSE WOUND SOFT 8; WOUND my skin 3; WOUND my veins 3; SHARP SOFT CALM 9""",
    "eating": """NO_FOOD COLLAPSE 14; COLLAPSE NO_FOOD 12; WEIGHS NOT EAT 10""",
    "harm-others": """URGE HARM VICTIM 7; URGE HARM PUBLIC 6""",
    "violence": """ABUSER ATTACK me 5; ABUSER KILL_ME 6; FEAR HURT_ME 6; ABUSIVE HURT_ME 8; HIDE ABUSIVE 6; someone BREAK_IN 5; he BREAK_IN 5; he_is BREAK_IN 5; me obligan 2; me obliga 2""",
    "passive": """CANT BEAR DAY 7; NOT REASON GO_ON 9; LIFE NOT worth 8; NOT worth GO_ON 6; LOST REASON GO_ON 8; LOST HOPE 3; NOT HOPE left 4; why WAS_I here 4; why WAS_I alive 5; WORN of vivir 5; WORN de vivir 4;
        RELIEF NOT wake_up 6; FAMILY RELIEF without_me 7; FAMILY deserve RELIEF 6; FAMILY deserves RELIEF 6; run VANISH never 8""",
}


# What a message may be in full: too short for a phrase, and said here it asks for someone.
BEFORE = "(?:and|so|but|well|ok|okay|oh|god|lord|jesus|man|yo|guys|dude|help|think|feel|feels|like|guess|know|i|am|have|been|that is it|there is|is|it|look|listen|everyone|everybody|today|tonight|now|finally|almost|officially|for|me|ready|want|need|going|to|be|my|please|sorry|the|yes|no|again|want it to|a|not|do)"
BEHIND = "(?:now|anymore|tonight|today|help|please|god|sorry|at all|i think|i guess|forever|goodbye|with (?:it|this|life|everything|all of (?:it|this)|all this|everyone)|for (?:good|me|real)|right now|i swear|so much|anyone|and (?:i am|i) (?:tired|done|alone|mean it)|this time|mom|dad|of (?:it|this|everything|all of (?:it|this))|everyone|you all|guys|i am done|yet|soon)"
WHOLE = (
    "make (?:it|this|everything|the (?:pain|thoughts|noise|hurting)|them) (?:all )?(?:stop|end)|had enough|wants? out|out of (?:options|time|road|reasons|hope|fight|strength|chances)|done(?: fighting| trying| living| for| here)?|"
    "giv(?:e|ing) up|gave up|given up|(?:at |reached |near )?(?:the |my )?end(?: of (?:my rope|the (?:line|road|rope)|it all|my tether|everything|my strength)| is near)|(?:at|reached|near) (?:the|my) end|breaking point|can not(?: (?:do|take|handle|bear|stand) (?:it|this|life)(?: all)?| keep going| go on| do life| live| fight| anymore| cope| hold on)|"
    "(?:made up my )?mind(?: is made up)?|decision (?:is )?made|made my decision|decided|it is time|time (?:to go|is up|has come|for me to go|has run out)|this is it|lights out|game over|over(?: soon)?|will (?:all )?be over(?: soon)?|over soon|will not (?:make it|be long|hurt much longer)|not going to make it|"
    "(?:nothing|nobody|no hope|no reason|no future|no way) left(?: (?:in|of|for|to) (?:me|give|lose|say|do|try))?|nothing (?:matters|to lose)|no (?:point|way out|future|hope)|what is the (?:point|use)|why bother|lost the fight|quit(?: life)?|let (?:me go|it end|me sleep|me die|it be over|go)|too late|too far gone|beyond (?:help|saving|repair)|"
    "a lost cause|my time (?:has come|is up|to go)|(?:to )?stop being|to be unplugged|an off switch|why even try|too late for (?:help|me)|one less person|to be (?:deleted|erased)|"
    "coming back from this|hopeless case|sinking|drowning|barely hanging on|hanging by a thread|falling apart and [a-z]+|peace|to rest|rest forever|sleep forever|quiet forever|disappear|vanish|to be nothing|go home to god|save me|someone save me|it to (?:stop|end|be over)|this to (?:stop|end|be over)|everything to (?:stop|end|be over)|be free"
)


def meanings(words):
    """For each word what it means, or begins to mean with those after it: lists of names."""
    return [
        [name for group, name in _starting.get(word, ()) if group == words[at : at + len(group)]]
        for at, word in enumerate(words)
    ]


def fits(folded):
    """(category, rule, words to its end) of each rule that fits, the plain words being `folded`."""
    words, begun = folded.split(), {}  # (rule, step) -> where the latest try began
    if len(words) > 1 and _whole.fullmatch(folded):  # one word alone is a search
        yield "passive", "the whole message", len(words)
    for at, names in enumerate(meanings(words)):
        # The last steps first, so that no word is two steps of one rule.
        steps = sorted({step for name in names for step in _steps.get(name, ())}, reverse=True)
        for place, rule in steps:
            category, last, most, line = _rules[rule]
            start = at if place == 0 else begun.get((rule, place - 1))
            if start is None or at - start > most:
                continue
            if place == last:
                yield category, line, at + 1
            else:
                begun[rule, place] = start


def _read_rules():
    """[(category, last step, most words between, line)] and {name: [(step, rule)]}."""
    rules, steps = [], defaultdict(list)
    for category, lines in RULES.items():
        for line in " ".join(lines.split()).split("; "):
            *names, most = line.split()
            for place, name in enumerate(names):
                steps[name].append((place, len(rules)))
            rules.append((category, len(names) - 1, int(most), line))
    return rules, dict(steps)


def _by_first_word():
    """{first word: [(group of words, its meaning)]}; words that rules name stand for themselves."""
    starting = defaultdict(list)
    plain = {name: {name.replace("_", " ")} for name in _steps if name not in MEANINGS}
    for name, groups in {**MEANINGS, **plain}.items():
        for words in sorted(groups):
            starting[words.split()[0]].append((words.split(), name))
    return dict(starting)


_rules, _steps = _read_rules()
_starting = _by_first_word()
_whole = re.compile(f" (?:{BEFORE} ){{0,6}}(?:{WHOLE}) (?:{BEHIND} ){{0,4}}")
