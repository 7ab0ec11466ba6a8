/**
 * Names that one person answers to. Only what people at a desk mix up: short forms, spellings that do not sound alike
 * to a machine, and the Spanish ones (Francisco who signs as Paco). Each line is one group; a name may stand in several.
 */
const groups = `
william will bill billy willie liam
robert rob bob bobby robbie bert
roberto beto rob
richard rick rich dick ricky richie
ricardo rick ricky richard
james jim jimmy jamie
john johnny jack jon
jonathan jon jonny
joseph joe joey jose
jose pepe joe chepe
charles charlie chuck carl
carlos carlitos charlie
thomas tom tommy
michael mike mick mikey micheal
miguel mike migue
daniel dan danny
david dave davy
edward ed eddie ted ned
eduardo lalo eddie edward
edgar ed eddie
anthony tony
antonio tony tono
andrew andy drew
andres andy
alexander alex xander sasha
alejandro alex ale
albert al bert
alberto beto al
benjamin ben benji
christopher chris topher
christian cristian chris
cristobal chris
donald don donnie
douglas doug
francis frank fran
francisco frank paco pancho cisco kiko
frederick fred freddy
federico fede fred
gabriel gabe gabi
gerald gerry jerry
jerome jerry
geraldo gerry jerry
gregory greg
gregorio greg goyo
guillermo memo william
henry hank harry
enrique kike quique henry
ignacio nacho
jacob jake
jesus chuy chucho
jeffrey jeff geoff geoffrey
kenneth ken kenny
lawrence larry laurence
leonard leo len
leonardo leo
leslie les
louis lou louie luis
luis lucho lou
manuel manny manolo
matthew matt matthias
mateo matt
nathan nate nathaniel
nicholas nick nicky nico
nicolas nick nico
patrick pat paddy
peter pete
pedro pete perico
philip phil phillip
felipe phil pipe
rafael rafa ralph
ramon moncho
raymond ray
raymundo ray
ronald ron ronnie
samuel sam sammy
stephen steven steve stevie
esteban steve
timothy tim timmy
vincent vince vinny
vicente chente vince
walter walt wally
zachary zach zack zachery
sean shawn shaun
ian iain
jorge george
juan john
elizabeth liz lizzie beth betty eliza lisa libby betsy
isabel isabella chabela isa bella elizabeth
katherine catherine kathryn kate kathy katie cathy kay kat
catalina cata cathy
margaret maggie meg peggy marge margie greta
margarita rita maggie mago
mary maria marie molly polly mae
maria mari ma mary marie
guadalupe lupe lupita
patricia pat patty tricia trish pati
jennifer jen jenny
jessica jess jessie
rebecca becky becca
rebeca becky
susan sue susie suzanne
susana susy sue
barbara barb babs
deborah debra deb debbie
dolores lola lolita
dorothy dot dottie
eleanor ellie nell nora
elena helena helen nena leni
frances fran francie
francisca paca pancha fran
gloria glory
graciela chela grace
gabriela gaby gabi
helen nell ellen
jacqueline jackie jacklyn
josephine jo josie
josefina josie pepa fina chepina
judith judy
julia julie juliet
juliana julie
kimberly kim
laura lori laurie
leticia letty leti
linda lindy
lillian lily lil
madeline maddie
mercedes meche
melissa missy mel
nancy nan
natalie nat natalia
olivia liv livvy
pamela pam
pilar pili
refugio cuca cuco
rosario chayo charo
rosa rosie rose rosita
samantha sam
sandra sandy
sarah sally sara
concepcion concha conchita connie
consuelo chelo connie
constance connie
cynthia cindy
teresa theresa terry tere tessa
victoria vicky tori
virginia ginny
yolanda yoli
zoe zoey
abigail abby gail
alice ali allie
alicia ali licha
amanda mandy
angela angie
ann anne anna annie ana hannah
ana anita anna
beatrice bea trixie
beatriz bety betty
caroline carrie carolina
christina christine tina chris cristina kristin kristina
claudia clau
eva evita eve
esperanza espe hope
ines agnes
luz lucy
lucia lucy lucha
luisa lucha louise
manuela manola
martha marta
`.trim().split('\n').map((line) => line.split(' '))

const byName = new Map<string, Set<string>>()
for (const group of groups) {
  for (const name of group) byName.set(name, new Set([...(byName.get(name) ?? []), ...group]))
}

/** Every name that a folded given name may stand for, itself included. */
export const nicknamesOf = (given: string): ReadonlySet<string> => byName.get(given) ?? new Set([given])

export const areNicknames = (a: string, b: string): boolean => a !== b && nicknamesOf(a).has(b)
