/**
 * The words that lists of leaked passwords begin with, letters only: twelve characters are usually one of these with
 * digits behind it. Short on purpose; the full list of a hundred thousand belongs to the security work.
 */
const words = `
password passwort contrasena motdepasse senha secret geheim letmein welcome welcomehome hello helloworld iloveyou loveyou lovely admin
administrator root user guest test testing changeme default login master access qwerty qwertyuiop qwertz azerty asdfgh asdfghjkl zxcvbn
zxcvbnm monkey dragon football baseball basketball soccer hockey batman superman spiderman pokemon starwars princess sunshine shadow
michael jennifer jordan ashley bailey charlie daniel jessica thomas robert nicole matthew andrew joshua hunter killer freedom whatever
trustno trustnoone computer internet samsung google facebook cheese banana orange cookie flower summer winter autumn spring september
october november december january february monday friday weekend family mother father daughter baby angel jesus christ blessed forever
america canada england london newyork california florida texas chocolate purple yellow silver golden diamond ginger pepper maggie buddy
mustang corvette ferrari harley yankees cowboys steelers eagles lakers patriots cairn clinic hospital doctor nurse medical medicine health
healthcare patient office company business money dollar lucky number one two three abc abcd abcdef abcabc aaa zzz temp temporary
`
export const commonPasswords: ReadonlySet<string> = new Set(words.trim().split(/\s+/))
