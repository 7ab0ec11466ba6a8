/** Languages that people in clinics speak, by their ISO 639 codes; what other systems send is shown by its code where it stands nowhere here. */
const names: Readonly<Record<string, string>> = {
  en: 'English', es: 'Spanish', ase: 'American Sign Language', am: 'Amharic', ar: 'Arabic', hy: 'Armenian', bn: 'Bengali', my: 'Burmese', yue: 'Cantonese', zh: 'Chinese', hr: 'Croatian', cs: 'Czech', prs: 'Dari',
  nl: 'Dutch', fa: 'Farsi', fr: 'French', de: 'German', el: 'Greek', gu: 'Gujarati', ht: 'Haitian Creole', ha: 'Hausa', he: 'Hebrew', hi: 'Hindi', hmn: 'Hmong', hu: 'Hungarian', ig: 'Igbo', ilo: 'Ilocano', it: 'Italian',
  ja: 'Japanese', kar: 'Karen', km: 'Khmer', rw: 'Kinyarwanda', ko: 'Korean', ku: 'Kurdish', lo: 'Lao', cmn: 'Mandarin', mr: 'Marathi', mam: 'Mam', nv: 'Navajo', ne: 'Nepali', om: 'Oromo', ps: 'Pashto', pl: 'Polish', pt: 'Portuguese',
  pa: 'Punjabi', quc: 'K’iche’', ro: 'Romanian', ru: 'Russian', sm: 'Samoan', sr: 'Serbian', so: 'Somali', sw: 'Swahili', tl: 'Tagalog', ta: 'Tamil', te: 'Telugu', th: 'Thai', ti: 'Tigrinya', tr: 'Turkish', uk: 'Ukrainian', ur: 'Urdu',
  vi: 'Vietnamese', yi: 'Yiddish', yo: 'Yoruba',
}

/** As choices, English and Spanish first. */
export const languageChoices: readonly { value: string; label: string }[] = Object.entries(names).map(([value, label]) => ({ value, label }))

/** "es" → "Spanish", "es-MX" → "Spanish"; what is no code of ours stays as it was said. */
export const languageName = (language: string): string => names[language.toLowerCase()] ?? names[language.toLowerCase().split('-')[0] ?? ''] ?? language

/** Spoken here by everybody: not worth a word beside a name. */
export const isUsualLanguage = (language: string | null): boolean => language === null || /^en(-|$)/i.test(language) || language === 'English'

const codes = new Map(Object.entries(names).map(([code, name]) => [name.toLowerCase(), code]))
/** A language by its English name, as old forms and other systems' lists have it. */
export const languageCode = (said: string): string => codes.get(said.trim().toLowerCase()) ?? said
