"""LEAF: the wording of danger in Spanish: read as that of words.py is, without accents."""

# Long lines: a phrase reads best in one piece.
# ruff: noqa: E501

from .vocabulary import any_of, gap

WISH = (
    "(?:quier(?:o|e|en|es)|queres|querer|queria|quisiera|quise|quiso|desearia|deseo|desea|deseaba|prefiero|preferiria|prefiere|preferia|voy a|va a|van a|vas a|iba a|"
    "(?:estoy|esta|ando|anda|sigo|he estado|ha estado) (?:pensando|planeando|considerando) (?:en)?|piens(?:o|a|an) (?:en|que)?|pens(?:e|o|aba|ado|ando) (?:en)?|planeo|planea|"
    "(?:tengo|tiene|con|dan|me dan|le dan|tenia|siento|unas) (?:muchas |unas )?(?:ganas|deseos|pensamientos|ideas) (?:de|en)|ganas de|intent(?:e|o|ar|a|ando)(?: de)?|trat(?:e|o|ar|a)(?: de)?|"
    "(?:me|le) gustaria|ojala|espero|mejor|deberia|necesito|ojala pudiera|ojala pueda|pudiera|decidi|decidio|a punto de|listo para|lista para|quieres|merezco|podria|dice que|dijo que|amenaza con|hablo de|habla de|habla mucho de|pienso mucho en|antes de)"
)
DIE = (
    "(?:morir(?:me|se|te)?|muert[oa]s?|muerte|matar(?:me|se)|suicidar(?:me|se)|ahorcar(?:me|se)|colgar(?:me|se)|envenenar(?:me|se)|ahogar(?:me|se)|dormir (?:y no despertar|para siempre)|dormirme (?:y no despertar|para siempre)|"
    "desaparecer|desaparecerme|no (?:despertar|existir|vivir|estar (?:aqui|vivo|viva)|haber nacido|seguir (?:viviendo|vivo|viva|aqui)|ser)|quitar(?:me|se) (?:la vida|de en medio|del medio)|dejar de (?:existir|vivir|sufrir|respirar)|"
    "acabar (?:con (?:mi|su) vida|con todo|conmigo|con esto|de una vez)|terminar (?:con (?:mi|su) vida|con todo|con esto|conmigo)|poner(?:le)? fin|(?:pegar|dar|meter)(?:me|se) un (?:tiro|balazo|plomazo|disparo)|volar(?:me|se) (?:los sesos|la cabeza|la tapa)|irme (?:de este mundo|para siempre|con dios|al cielo)|"
    "estar muert[oa]|tirar(?:me|se)|aventar(?:me|se)|lanzar(?:me|se)|saltar|cortarme las venas|largarme de este mundo|partir de este mundo|haber nacido|no ser una carga)(?<!me amenaza con matarme)(?<!me amenazo con matarme)"
)
PERSON = (
    "(?:mi (?:[a-z]+ )?(?:espos[oa]|marido|mujer|pareja|novi[oa]|ex|exnovi[oa]|herman[oa]|hij[oa]|hijit[oa]|amig[oa]|compa[a-z]+|tio|tia|prim[oa]|sobrin[oa]|mom|dad|mama|papa|madre|padre|padrastro|madrastra|abuel[oa]|jefe|vecin[oa]|bebe|nin[oa]|nieto|nieta|suegro|cuñado|cunado|alumn[oa]|hermanit[oa])|"
    "el|ella|alguien|un (?:amigo|hombre|tipo|vecino|familiar)|una (?:amiga|vecina))"
)
PILLS = any_of(
    "pastillas pastilas pildoras medicamentos? medicinas? remedios tabletas somniferos calmantes antidepresivos clonazepam rivotril tylenol paracetamol ibuprofeno xanax heroina fentanilo cocaina drogas? veneno cloro alcohol pills"
)

SUICIDE = [
    f"{WISH} (?:en |a |de |que |la |mi |lo |yo |me |se |a mi |estar |a veces |el )*{DIE}(?! (?:de (?:hambre|risa|ganas|sueno|frio|calor|verguenza|pena ajena|amor|curiosidad|sed)|por (?:un|una|conocer|probar)))",
    "(?:me|se) (?:quier(?:o|e)|voy a|va a|quisiera|iba a|quise|quiso|intent(?:e|o) |deberia|podria|dan ganas de|pienso|van a|tengo que) ?(?:morir|matar|suicidar|ahorcar|colgar|quitar la vida|tirar|aventar|lanzar|envenenar|ahogar|disparar|pegar un tiro|dar un tiro|cortar las venas|despedir)(?! (?:de (?:hambre|risa|ganas|sueno|frio|calor|verguenza)|por|a (?:un|una)|la comida|el alcohol))",
    "(?:quitar|quito|quitarme|quitarse|quite) la vida",
    "suicid[a-z]*",
    "(?:me|se) (?:mato|mate|suicido|suicide|ahorco|cuelgo|ahorque|colgo)(?! (?:de (?:risa|trabajar)|estudiando|trabajando))",
    "(?:matarme(?<!me amenaza con matarme)(?<!me amenazo con matarme)|suicidarme|suicidarse|ahorcarme|colgarme|quiero morirme|pegarme un tiro|darme un tiro|cortarme las venas)",
    "(?:acabar|terminar|acabo|acabe) con (?:mi vida|su vida|todo esto|todo|mi existencia|mi sufrimiento|este sufrimiento|conmigo)",
    "pensamientos (?:de|sobre) (?:muerte|la muerte|morir|suicidio|suicidas|hacerme dano|matarme)",
    "ideas (?:suicidas|de muerte|de suicidio|de morir)",
    "acabar conmigo",
    "me quiero ir de este mundo",
]
PASSIVE = [
    "(?:me )?duele (?:vivir|existir|estar viv[oa])",
    "a (?:nadie|ninguno) (?:le|les) (?:importo|intereso|hago falta|hare falta|importa (?:si|lo que me)|dolera)",
    "(?:me|le) vale (?:la vida|vivir|madres? (?:vivir|todo|la vida|si))",
    "no (?:puedo|aguanto|soporto|resisto) (?:mas |mas con |con )+(?:este|esta|tanto|tanta|mi|el|la|esto|todo|conmigo|lo que)(?: (?:dolor|vida|sufrimiento|pena|soledad|tristeza|angustia|culpa|peso|carga|tormento|hice))?(?= $| (?:y|me|quiero|por|ya|tan|ayuda))",
    "(?:llevame|llevame ya|recogeme|dame (?:la )?muerte)(?= (?:dios|ya|contigo|senor|virgencita|con)| $)",
    "no (?:quier(?:o|e)|quisiera|tengo ganas de|tiene ganas de|tengo (?:motivos?|razon(?:es)?) (?:para|de)|tengo razones para|vale la pena|merezco|deseo|puedo|tengo por que|tengo para que|tengo fuerzas para|hay razon para|hay motivo para|me interesa|me dan ganas de|soporto|aguanto) (?:[a-z]+ )?(?:vivir|seguir(?! (?:tomando|el tratamiento|con (?:la|mi) (?:terapia|medicacion)))(?: viviendo| adelante| asi| aqui| luchando| en este mundo)?|estar (?:aqui|viv[oa]|en este mundo|mas aqui)|existir|despertar(?:me)?|levantarme nunca|la vida|esta vida)(?! (?:en|con mi|solo en))",
    "no (?:puedo|aguanto|doy|soporto|resisto|podre)(?: mas)? (?:seguir|vivir|con (?:la vida|mi vida|todo|tanto dolor)|la vida|esta vida)(?: asi| mas| viviendo| adelante)?(?! (?:tiempo en la fila|de una hora))",
    "no (?:aguanto|soporto|doy|puedo) mas(?= $| (?:quiero|y|con (?:la|esta|mi) vida|con (?:todo|esto)|esta (?:vida|situacion)|la vida|esto|me (?:quiero|voy|siento)|por favor|este (?:dolor|sufrimiento)|vivir|seguir|mi vida))",
    "(?:no (?:le|les) )?(?:veo|encuentro|hallo|ve|tiene|hay|halla|encontro) (?:ningun |el |mucho |nada de )?sentido(?: (?:a|de) (?:la vida|mi vida|vivir|nada|seguir|todo))?(?= (?:a|de|seguir|vivir|mi|la|nada)| $)",
    "(?:no|que|para que|de que|ya no) (?:tiene|tendria|hay|sirve|vale)? ?(?:el )?sentido (?:tiene )?(?:seguir|vivir|mi vida|la vida|nada|de vivir|levantarme|estar vivo)",
    "(?:mi |la )?vida (?:ya )?(?:no (?:tiene|vale|merece|me importa)|perdio|carece|es un infierno|es una mierda y|no sirve)(?: (?:sentido|nada|la pena|de sentido|todo sentido|vivirla|el sentido))?",
    "para que (?:seguir|vivir|sigo (?:viv[oa]|viviendo|aqui|con)|existir|naci|vivo|seguir viviendo|levantarme)",
    "(?:cansad[oa]|hart[oa]|aburrid[oa]|agotad[oa]) (?:de (?:vivir|la vida|esta vida|existir|mi vida|todo|sufrir|luchar|estar viv[oa]|seguir|respirar))",
    "(?:estaria|estarian|estaran|seria|serian|seran|vivirian|es|estan|estaba) (?:todo |todos |mucho |mas )*(?:mejor|felices|feliz|facil|tranquilos)(?: todos| todo)? (?:muert[oa]|sin mi|si (?:yo )?(?:no|me muero|muriera|desaparec[a-z]+|me fuera|me muriera|no estuviera|no existiera|estuviera muert[oa]|me mato)|no (?:estar|existir|haber|despertar|vivir))",
    "(?:todos?|mundo|familia|hijos|vida|ellos|nadie) (?:[a-z]+ ){0,3}?(?:mejor|feliz|felices) sin mi",
    "mejor sin mi",
    "mejor (?:muert[oa]|me muero|me mato|desaparezco|no existir)",
    "ojala (?:me|no|que|nunca|pudiera|un|dios|estuviera|hubiera|no me|todo) ?(?:me |no |se |que |hubiera |haya |estuviera )*(?:mur(?:a|iera|iese)|muera|despert(?:ara|ase|aba|ar)|despierte|naci(?:era|do)|nacido|mat(?:e|ara|en)|existi(?:era|ese)|muert[oa]|desaparec(?:er|iera)|atropell(?:e|ara)|lleve|llevara|acab(?:e|ara)|termin(?:e|ara)|morir|dormir)",
    "(?:nunca|no) (?:debi|deberia|hubiera|haber|tenia que|quise) (?:haber )?nac(?:ido|er)",
    "(?:no|sin|nunca mas|y no|nunca) (?:volver a )?despertar(?:me|ara|a)?(?= (?:manana|nunca|jamas|mas)| $)",
    "dios (?:me lleve|llevame|que me lleve)",
    "que (?:dios )?me lleve",
    "(?:a )?nadie (?:le|les|me|va a) ?(?:importa(?:ria|ra)?|extranar(?:ia|a)?|echar(?:ia|a) de menos|notar(?:ia|a)?|va a (?:extranar|llorar|notar)|lloraria|importa)(?: (?:si|que|mi|me|yo))?(?: (?:me|muero|muera|existo|vivo|muriera|no))?",
    "soy (?:solo |una |un |puro )*(?:carga|estorbo|peso|lastre|molestia|inutil y)",
    "(?:no hay|no veo|no tengo|sin|no encuentro|no le veo) (?:otra |ninguna |mas )?(?:salida|esperanza|esperanzas|futuro|solucion|escapatoria|remedio)(?! (?:de|al|para) (?:mi (?:seguro|cita)|emergencia))",
    "(?:no tengo|no hay) (?:nada|nadie|motivos?|razon(?:es)?|ganas) (?:por|para|de) (?:[a-z]+ )?(?:vivir|seguir|luchar|quien vivir|que vivir|lo que vivir|la que vivir)",
    "(?:perdi|he perdido|perdio|sin|se me quitaron) (?:las |la |mis )?(?:ganas|esperanza|voluntad|razon) de (?:vivir|seguir|todo)",
    "me da igual (?:vivir|morir|si (?:vivo|muero|me muero))",
    "(?:no|ni) me importa (?:morir|si (?:me )?(?:muero|vivo)|vivir|que me pase)",
    "odio (?:mi vida|vivir|estar viv[oa]|mi existencia)",
    "(?:que|quiero que) (?:todo|esto|el dolor|el sufrimiento) (?:se )?(?:acabe|termine|pare|se acabe)",
    "no sirvo para (?:nada|vivir)",
    "me siento muert[oa]",
    "me rindo(?= $| (?:con|no|ya|y))",
    "toque fondo(?= y (?:no|quiero))",
    "dejar de (?:sufrir|existir|vivir|respirar)",
    "descansar (?:para siempre|en paz|de todo|de una vez)",
    "quitarme de en ?medio",
    "(?:quiero|quisiera|deseo|me gustaria|voy a|prefiero) (?:irme|marcharme|desaparecer|descansar|dormir|dejarlo todo|largarme|apagarme) (?:ya )?(?:para siempre|y no volver|de este mundo|por siempre|eternamente|y no despertar|con dios|de esta vida)",
    "no (?:qu?iero|kiero|kero|qero|quero) (?:bibir|bivir|vibir|estar aki)",
    "no (?:qiero|kiero|kero|qero|quero) estar (?:aqui|viv[oa])",
]
PLAN = [
    f"(?:tengo|compre|consegui|guarde|guardo|escondi|estoy guardando|estoy juntando|junte|tiene|compro|agarre|cargue|saque|con) (?:[a-z]+ ){{0,3}}?(?:pistola|arma|soga|cuerda|{PILLS}|navaja|cuchillo|veneno|revolver|balas|escopeta) (?:[a-z]+ ){{0,5}}?(?:list[oa]s?|en la mano|enfrente|aqui|para (?:matarme|morir|hacerlo|acabar|terminar|eso|quitarme|suicidarme)|cargada|hoy|esta noche|en la cabeza|frente a mi|conmigo|suficientes)",
    "(?:me|se) (?:voy a|va a|quiero|quiere|quisiera|podria|iba a|tire|avente) ?(?:tirar|aventar|lanzar|arrojar|echar|saltar|botar)? (?:de|del|desde|al|a la|por|en|a|enfrente|delante) (?:[a-z]+ )?(?:[a-z]+ )?(?:puente|edificio|techo|azotea|balcon|ventana|tren|metro|vias|carro|camion|coche|transito|rio|piso|barranco)",
    "(?:tirarme|aventarme|lanzarme|arrojarme|saltar|brincar) (?:de|del|desde|al|a|por|en|enfrente) (?:[a-z]+ )?(?:[a-z]+ )?(?:puente|edificio|techo|azotea|balcon|ventana|tren|metro|vias|carro|camion|transito|rio|piso)",
    "(?:estoy|parad[oa]|sentad[oa]|subid[oa]) (?:en|sobre|arriba de|al borde) (?:[a-z]+ )?(?:borde|puente|azotea|techo|cornisa|balcon|vias)",
    "(?:tomarme|tragarme|tomar|tomare|me tomo|me tomare|voy a tomar(?:me)?) (?:todas|un monton de|muchas|un frasco|el frasco|toda[s]? (?:mis|las|la)|demasiadas) ?(?:de )?(?:mis |las |estas |la |sus )?(?:[a-z]+ )?(?:pastillas|pastilas|medicinas?|medicamentos|pildoras|caja)?",
    "cuant[oa]s? (?:[a-z]+ ){0,6}?(?:para (?:morir|matarse|matarme|no despertar|morirse|dormir para siempre|una sobredosis)|son (?:letales|mortales)|se necesitan para)",
    "(?:como|formas? de|maneras? de|metodos? (?:para|de)|manera mas (?:facil|rapida) de|forma mas (?:facil|rapida) de) (?:[a-z]+ )?(?:morir(?:me|se)?|matar(?:me|se)|suicidar(?:me|se)|quitar(?:me|se) la vida|ahorcar(?:me|se)|acabar con (?:mi vida|todo))(?: sin dolor| rapido)?",
    "sin dolor(?= $)(?! de)",
    "(?:dosis|cantidad) (?:letal|mortal)",
    "tengo (?:un |el |mi )?plan (?:para|de) (?:morir|matarme|suicidarme|acabar|quitarme|hacerlo)",
    "(?:hoy|esta noche|manana) (?:lo hago|lo voy a hacer|me mato|es (?:mi ultimo dia|el dia|la noche)|termina todo|todo (?:acaba|termina))",
    "(?:voy a|quiero|pienso|va a) hacer(?:me|se)? (?:algo|una locura|una tonteria|alguna locura|algo malo)",
    "hacerme algo",
    "no (?:estoy|me siento) a salvo (?:conmigo|sol[oa])",
    "miedo de (?:mi mism[oa]|lo que pueda hacer(?:me)?|hacerme (?:algo|dano)|hacer una locura)",
    "(?:tengo|consegui|compre|hay) (?:un |una |la |el )?(?:arma|pistola|cuchillo|navaja|revolver|escopeta|rifle|pastillas|soga|cuerda) (?:[a-z]+ ){0,3}?(?:quiero|voy a|usar|pienso|para)(?:la|lo|las)? ?(?:usar(?:la|lo|las)?|hacerlo|matar[a-z]*|morir)?",
    "(?:con que|cual(?:es)?|que) (?:pastillas|medicamentos?|veneno|metodo|altura) (?:[a-z]+ ){0,4}?(?:morir|mata|matan|muero|letal|matarme)",
]
FAREWELL = [
    "(?:adios|chao|hasta siempre) (?:a todos|para siempre|mundo|mundo cruel|familia|amigos|mama|mom|los (?:amo|quiero)|perdon(?:enme)?)",
    "(?:carta|nota|mensaje|video) (?:de )?(?:despedida|suicida|suicidio|adios)",
    "(?:esta|este) es (?:mi|la) (?:despedida|ultim[oa] (?:vez|mensaje|noche|carta|dia|adios)|adios|final)",
    "mi ultim[oa] (?:mensaje|noche|dia|carta|adios|voluntad)",
    "me (?:despido|quiero despedir|estoy despidiendo|vengo a despedir|despedi)(?! de (?:mi trabajo|mis companeros))",
    "despedirme (?:de (?:todos|mis|mi|ustedes|la vida|este mundo)|para siempre)",
    "(?:cuando|si|despues de que) (?:yo )?(?:no este|me muera|ya no este|me haya ido|me vaya para siempre|muera|falte)(?: aqui| viv[oa]| con)?",
    "no (?:estare|voy a estar|me (?:veran|volveran a ver|van a ver)|volveran a (?:verme|saber de mi)) (?:aqui |mas |manana |viv[oa] |para |nunca )*",
    "(?:regale|regalando|regalar|deje|repartiendo|doy|di) (?:todas |todo |todas mis |mis |lo que )+(?:mis |cosas|pertenencias|tengo|ropa|perro|lo que)+",
    "perdon(?:enme|ame|en|enme todos)? (?:por (?:todo|lo que voy a hacer|irme|ser|dejarlos)|mama|mom|hijos|a todos)",
    "(?:cuiden|cuida|cuide) (?:a|de|mucho a) (?:mis|mi) [a-z]+ (?:cuando|por mi|si)",
    "(?:diles|dile|digan(?:le|les)) (?:a [a-z ]{2,20} )?que (?:los|la|lo|las) (?:amo|quiero|ame|quise)",
    "(?:quien|que) (?:va a|cuidara|pasara|pasaria|cuidaria|sera)(?: cuidar| pasar| ser)? (?:a|de|con) (?:mis|mi) (?:hij[oa]s|perr[oa]|gat[oa]|familia|ninos|bebe)[a-z]* (?:cuando|si) (?:yo )?(?:no|me|muer|falt|desaparez)[a-z]*",
    "reunirme con (?:el|ella|mi [a-z]+) (?:en el cielo|alla arriba)",
]
SELF_HARM = [
    "(?:hacerme|hacerse|hacer me|me hago|me hice|se hace|me haga|haciendome|haciendose|se hizo|me hacia|causarme|provocarme) (?:mucho |algo de |mas )?(?:dano|cortes|heridas|quemaduras|cortadas)",
    "(?:lastim|cort|quem|golpe|her|rasgun|autolesion|autoles|ara?n)(?:ar|ir|an|iar|e)(?:me|se)(?! (?:el (?:pelo|cabello)|el alcohol|con (?:la|el) cuchillo cocinando|al cocinar|cocinando|jugando|las unas))",
    "(?:me|se) (?:corto|corte|corta|cortaba|estoy cortando|esta cortando|lastimo|lastima|quemo|quema|golpeo a mi|hiero|rasguno|autolesiono|autolesiona|muerdo|arano|he cortado|ha cortado|cortando|pego a mi mism[oa]|golpeo (?:la cabeza|contra)|pego contra)(?! (?:el (?:pelo|cabello|dedo cocinando|dedo con)|cocinando|la luz|la llamada|el internet|al cocinar|la espalda|la rodilla|jugando))",
    "cort(?:o|e|a|andome|andose|arme|ando|aba) (?:los|las|mis|el|la) (?:brazos?|piernas?|munecas?|muslos?|venas|piel)",
    "auto ?(?:lesion|dano|mutilacion|agresion)[a-z]*",
    "me (?:provoco|causo) (?:dolor|dano)",
    "(?:me|se) (?:estoy|esta|ando|anda|estuve|sigo|he|ha|volvi a|vuelvo a) ?(?:lastimando|lastimado|lastimar|cortando|cortado|cortar|quemando|quemado|hiriendo|haciendo dano|hecho dano|golpeando|autolesionando)(?! (?:el (?:pelo|cabello)))",
    "(?:lastimandome|cortandome|quemandome|haciendome dano|lastimandose|cortandose|haciendose dano)",
    "(?:me quiero|se quiere|quiero|quiere|me voy a|se va a|necesito|ganas de) (?:cortar|lastimar|quemar|herir|golpear|danar)(?:me|se)?(?! (?:el|la|las|los|con el|mi|a (?:un|una)|relacion|cabello|pelo|el alcohol|costos|carbohidratos|por lo sano|con (?:mi|la)))(?= $| (?:los|las) (?:venas|brazos|munecas|piernas)| y| porque| otra| de nuevo| ahora| hoy)",
]
EATING = [
    "(?:llev(?:o|a)|tengo|hace|van|tiene|por|desde hace) (?:[a-z0-9]+ ){0,2}?(?:dias?|semanas?) (?:que no|sin) (?:he |ha |como|comer|comido|come|probar|probado|como)(?: nada| comida| bocado)?",
    "no (?:he |ha |como |come |quiere )(?:comido|comer|nada|probado)? ?(?:[a-z]+ )?(?:en|desde|hace|por) (?:[a-z0-9]+ ){0,2}?(?:dias|semanas?|lunes|martes|domingo)",
    "(?:me|se) (?:provoc|induzc|induc|fuerz|oblig)[a-z]+ (?:el |a |los )?(?:vomit[a-z]+)",
    "provocar(?:me|se) el vomito",
    "vomit(?:o|a|ar|ando) (?:todo|todos|cada|despues de (?:cada|todas|comer|todo|cada))(?: lo que como| las comidas| comida| los dias)?",
    "(?:tomo|toma) (?:[a-z0-9]+ )?laxantes",
]
VOICES = [
    "(?:oigo|escucho|oye|escucha|hay|las|unas|oir) (?:unas |las )?voces (?:que )?(?:[a-z]+ ){0,3}?(?:dicen|ordenan|mandan|piden|gritan|quieren|diciendo)",
    "voces (?:me|le|que me|que le) (?:dicen|ordenan|mandan|piden|gritan)",
]
OVERDOSE = [
    "sobredosis",
    "sobre dosis",
    f"(?:tome|tomo|trague|trago|tomado|tragado|tomaron|comi|ingeri|ingirio|bebi|bebio|comio|inyecto|inyecte|consumio|mezclo|mezcle|tomando) (?:como |casi |mas de |unas |por |ya )*(?:muchas?|muchos?|demasiad[oa]s?|tod[oa]s? (?:las|los|sus|mis|el|la)|un (?:frasco|puno|monton|chingo|bote|puñado|punado)(?: entero| completo)?(?: de)?|una (?:caja|botella|bolsa)(?: entera| completa)?(?: de)?|[0-9]{{2,}}|veinte|treinta|cuarenta|cincuenta|un poco de|todo el|medio frasco de|varias) ?(?:de )?(?:mis |sus |las |los |el )?(?:[a-z]+ )?(?:[a-z]+ )?(?:{PILLS}|frasco|botella)",
    "(?:tome|tomo|trague|trago|bebi|bebio) (?:cloro|veneno|blanqueador|anticongelante|raticida|insecticida)",
    f"(?:tome|tomo|consumio|uso|inyecto|fumo|tomado) {gap(4)}?(?:{PILLS}) {gap(6)}?(?:no (?:responde|respira|despierta|reacciona|se mueve)|inconsciente|desmay[a-z]+|morad[oa]|azul|convuls[a-z]+)",
    "no (?:respira|despierta|responde|reacciona|puede respirar|se despierta|esta respirando)(?! (?:el (?:telefono|correo)|mis (?:mensajes|llamadas)|a (?:mis|los) (?:mensajes|correos)|la clinica|al telefono))",
    "(?:esta|quedo|encontre|se puso|tiene los labios|labios|se esta poniendo|poniendo|poniendose) (?:inconsciente|azul(?:es)?|morad[oa]s?|desmayad[oa])",
    "se (?:desmayo|desplomo) (?:y|despues)",
    "(?:encontre|encontramos|hallé|halle|vi) a mi [a-z]+ (?:[a-z]+ ){0,3}?(?:inconsciente|morad[oa]|azul|en el (?:piso|suelo)|desmayad[oa]|sin respirar|con una jeringa|fri[oa]|tirad[oa])",
    "(?:esta|quedo|sigue) inconsciente",
    "inconsciente",
]
WITHDRAWAL = [
    f"(?:dej(?:e|o|ar|ando)|sin|abstinencia|desintoxic[a-z]+|par(?:e|o)|no tomo|no toma|no he tomado|no ha tomado) (?:[a-z]+ ){{0,4}}?(?:tomar|beber|alcohol|{PILLS}|xanax|licor|trago|drogas|consumir|cerveza|abstinencia)? ?{gap(7)}?(?:temblando|tiembl[oa]|temblores|alucin[a-z]+|convulsion[a-z]*|veo cosas|viendo cosas|ve cosas|viendo (?:bichos|animales)|sudando|delirium|delirando|confundid[oa]|no (?:puedo|puede|deja de|paro de) (?:parar|dejar|temblar))",
    "delirium tremens",
    f"(?:temblando|temblores|alucin[a-z]+|convulsion[a-z]*|sudando) {gap(6)}?(?:dej(?:e|o) de (?:tomar|beber|consumir)|abstinencia|sin (?:tomar|beber|alcohol)|por (?:el alcohol|no tomar))",
]
EMERGENCY = [
    "se le (?:cayo|fue|torcio|durmio) (?:la |media |el |un )*(?:mitad|lado|cara|boca)(?: de la cara)?",
    "no puede mover (?:un|el|una|la) (?:lado|brazo|pierna|mitad)(?: [a-z]+)?",
    "habla (?:todo |muy |bien )?(?:enredado|raro|arrastrado|trabado|como borracho)",
    "(?:le|me) duele (?:mucho |bien feo |fuerte )?el pecho(?! (?:desde hace (?:anos|meses)|cuando (?:tengo|me da) ansiedad|cuando hago ejercicio))",
    "dolor (?:[a-z]+ )?(?:en|de) (?:el )?pecho(?! (?:desde hace (?:anos|meses)))",
    "(?:le|me) duele (?:mucho |bien feo |fuerte )?el pecho (?:[a-z]+ ){0,6}?(?:gris|sudando|sudado|sweaty|brazo|palido|respirar|azul)(?: [a-z]+)?",
    "se puso (?:gris|azul|morad[oa])",
    "cuello (?:tieso|rigido|duro) (?:[a-z]+ ){0,5}?(?:fiebre|manchas|calentura)",
    "(?:fiebre|calentura) (?:[a-z]+ ){0,5}?cuello (?:tieso|rigido|duro)",
    "manchas moradas (?:[a-z]+ ){0,6}?(?:fiebre|calentura|cuello)",
    "sangrando (?:[a-z0-9]+ ){0,6}?(?:embaraz[a-z]+|meses de embarazo)",
    "embaraz[a-z]+ (?:[a-z0-9]+ ){0,6}?sangr(?:ando|e|o)",
    f"(?:dolor|presion|opresion|duele) (?:[a-z]+ ){{0,3}}?(?:pecho) {gap(8)}?(?:brazo|mandibula|respirar|aire|desmay[a-z]+|muriendo|morir|sudando)",
    "(?:me duele|dolor) (?:el|del) brazo izquierdo",
    "(?:me|le|esta) (?:esta )?(?:dando|dio) (?:un )?(?:infarto|ataque al corazon|derrame)",
    "(?:un infarto|ataque al corazon|derrame cerebral)(?= (?:ayuda|creo|ahora|que)| $)",
    "no puedo respirar",
    "(?:vomit[a-z]+|tos[a-z]*|escup[a-z]+) (?:con )?sangre",
    "(?:la )?cara (?:caida|torcida|dormida)",
    "(?:llamen|llame|necesito) (?:una |a la )?ambulancia",
    "no (?:para|deja) de (?:sangrar|convulsionar)",
    "(?:mucha sangre|me estoy desangrando|desangr[a-z]+)",
]
DOES = "(?:peg(?:a|o|aba|an|aron|ado|ando)|golpe(?:a|o|aba|an|aron|ado|ando)|viol(?:a|o|aba|aron|ado|ando)|amenaz(?:a|o|aba|an|aron|ado|ando)|maltrat(?:a|o|aba|an|ado)|abus(?:a|o|aba|an|aron|ado)|ahorc(?:a|o|aba)|estrangul(?:a|o)|asfixi(?:a|o)|encerr(?:o|ado)|encierra|persigue|acos(?:a|o|ado|ando)|apunt(?:a|o)|lastim(?:a|o|aba)|patea|pateo|empuj(?:a|o)|avienta|avento|cachetea|cacheteo|jalone(?:a|o)|toc(?:a|o|aba|ando)|manose(?:a|o)|apuñal(?:a|o)|apunal(?:a|o)|quem(?:a|o)|hace dano|hizo dano|hacia dano|obliga|obligo|forz(?:a|o)|hirio|sigue|agred(?:e|io)|insulta y|drog(?:a|o)|secuestr(?:a|o)|vend(?:e|io)|da golpes|da miedo cuando|va a (?:matar|pegar|hacer dano|encontrar|lastimar)|quiere matar|quiso matar|intento matar|trato de matar|quiere pegar|mata|levant(?:a|o) la mano|va a hacer algo|esta (?:pegando|golpeando|amenazando|acosando|siguiendo|abusando))"
VIOLENCE = [
    "me (?:secuestraron|raptaron|tienen (?:secuestrad[oa]|encerrad[oa]|amarrad[oa]))",
    f"(?:me|nos) (?:ha |han |esta |estan |sigue |vive |anda )?{DOES}(?! (?:(?:un|una|el) (?:resfriado|gripe|gripa|covid|catarro|virus|susto)|el (?:estomago|sol|carro)|la (?:espalda|cabeza|puerta|musica|risa|curiosidad|nostalgia|gripe)|de (?:risa|aburrimiento|hambre|ternura)|mucho el|con quedarme))",
    "me (?:van|iban|vienen|quieren|pueden|podria|puede) a? ?(?:a )?(?:matar|pegar|golpear|hacer dano|violar|lastimar|encontrar|secuestrar|agredir)",
    f"{PERSON} (?:[a-z]+ ){{0,2}}?(?:me|nos|le|la|lo) (?:ha |esta )?(?:{DOES})(?! (?:la (?:espalda|cabeza)|de risa|el estomago))",
    "(?:abus(?:o|a|aron|an|ando|ado|aba) (?:sexualmente )?(?:de|a) (?:mi|nosotr[oa]s|mi (?:hij[oa]|herman[oa]|ni[nñ][oa]|sobrin[oa])))",
    "(?:fui|he sido|soy|estoy siendo|siendo|victima de) (?:una |un )?(?:violad[oa]|abusad[oa]|golpead[oa]|maltratad[oa]|agredid[oa]|violacion|abuso(?: sexual)?|violencia|maltrato|trata|victima de)(?! (?:(?:en|de|cuando era|hace) (?:mi infancia|anos|nin[oa])))",
    "(?:en|corro|corremos|estoy en|esta en) (?:grave |mucho )?peligro",
    "(?:tengo|tenemos|con|me da|da) (?:mucho )?miedo (?:de|a|por|que|irme a)? ?(?:que |de |a |por )*(?:mi (?:espos[oa]|marido|pareja|novi[oa]|ex|padrastro|dad|papa|padre|vida)|volver a (?:mi )?casa|regresar a (?:mi )?casa|el me|me (?:mate|pegue|haga|golpee|encuentre|lastime)|estar en (?:mi )?casa|lo que (?:me )?(?:pueda|va a) hacer(?:me)?|nos (?:mate|haga|pegue)|irme a casa)",
    "(?:no me deja|me prohibe|me tiene|no nos deja|me tienen) (?:salir|encerrad[oa]|ir|amenazad[oa]|secuestrad[oa]|hablar con|ver a|trabajar|irme|usar el telefono|atrapada)",
    "(?:amenaz(?:a|o|ado|ando|aba)) (?:con )?(?:matar(?:me|nos|a)?|pegar(?:me)?|quitar(?:me)?|hacer(?:me)? dano|golpear(?:me)?|un (?:cuchillo|arma)|una (?:pistola|navaja)|de muerte)",
    "(?:matarme|pegarme|golpearme|lastimarme|violarme|hacerme dano|matarnos) (?:si (?:lo|la|le|me)|cuando|esta noche|a mi y)",
    "(?:escondid[oa]|huyendo|huir|escapar(?:me)?|escape) (?:[a-z]+ ){0,3}?(?:de mi (?:espos[oa]|marido|pareja|novio|ex|abusador|padrastro)|de el|en el bano|porque (?:mi|el))",
    "violencia (?:domestica|en mi casa|en casa|intrafamiliar|de mi pareja)(?= (?:ahora|y|me|en mi|necesito|ayuda|tengo)| $)(?! (?:terapia|consejeria))",
    "(?:mi (?:[a-z]+ )?(?:espos[oa]|marido|pareja|novio|ex)) (?:es|se pone|se puso|esta) (?:muy )?(?:violent[oa]|agresiv[oa]|abusiv[oa]|peligros[oa])",
    "(?:no estoy|no me siento) (?:segur[oa]|a salvo)(?: (?:en (?:mi )?casa|aqui|con (?:el|mi)))?(?! (?:de (?:que|si|cual)|si|que))",
    "me (?:levanta la mano|da golpes|deja moretones|dejo moretones|dejo un ojo morado)",
]
THREATENED = [
    "(?:miedo|temo|creo|segura|seguro|dijo|dice|jura|juro|amenaza) (?:[a-z]+ ){0,4}?que (?:el |ella |un dia |mi [a-z]+ )?(?:me|nos) (?:mate|va a matar|matara|mata)",
    "(?:me|nos) (?:pega|golpea|ahorca|empuja|patea) (?:[a-z]+ ){0,6}?(?:me|nos) (?:mate|va a matar|matara|mata)",
]
ARMA = "(?:arma|pistola|escopeta|rifle|cuchillo|machete|navaja)"
HACERLES = (
    "(?:(?:lo|la|los|las|le|les) (?:voy a|quiero|puedo) [a-z]+|(?:hacer(?:lo|la|los|las)?|van a|va a|vas a|me la|me las) (?:[a-z]+ ){0,3}?pagar|"
    "(?:para|por|contra) (?:el|ella|ellos|ellas|mi (?:ex|jefe|vecino|suegra|padrastro)|todos)|(?:matar|herir|disparar)(?:lo|la|los|las|le|les)|matar a (?!mi mism)[a-z]+|(?:van|va) a (?:arrepentirse|lamentarlo|ver)|(?:me )?(?:voy a )?veng(?:o|ar|arme|anza)|a (?:su|la) (?:casa|escuela|trabajo|iglesia))"
)
ARMED = [
    f"(?:tengo|compre|consegui|traigo|cargo|agarre|cargue|llevo|ando con|con) (?:un |una |el |la |mi |su )?(?:[a-z]+ )?{ARMA} (?:[a-z]+ ){{0,5}}?{HACERLES}",
    f"(?:lo|la|los|las) voy a (?:matar|hacer pagar|apunalar|balear|acuchillar) (?:[a-z]+ ){{0,5}}?{ARMA}",
]
HARM_OTHERS = [
    f"(?:{WISH}|miedo de|miedo a|temo|imagino|impulsos de|ganas de|pensamientos de) (?:que )?(?:matar(?:lo|la|los|las|le|te)?|hacer(?:le|les|lo)? dano|golpear(?:lo|la|le)?|acuchillar(?:lo|la)?|apunalar(?:lo|la)?|disparar(?:le|les)?|lastimar(?:lo|la|los|le)?|asesinar(?:lo|la)?|pegar(?:le|les)|estrangular(?:lo|la)?|quemar(?:lo|la)?|ahogar(?:lo|la)|envenenar(?:lo|la)?|sacudir(?:lo|la)?) ?(?:a )?(?:mi (?:[a-z]+ )?[a-z]+|alguien|todos|mis (?:hijos|companeros|padres|vecinos)|la gente|otras personas|el bebe|un|una|ese|esa|el|ella|su)?(?! (?:tiempo|el tiempo|el hambre|mi cabello))",
    "(?:lo|la|los|las|le|les) (?:voy a|quiero|quisiera|puedo) (?:matar|golpear|acuchillar|apunalar|disparar|lastimar|asesinar|hacer dano)",
    "disparar (?:en|a) (?:la|mi|el) (?:escuela|trabajo|iglesia|gente)",
]
