/** Languages with a message file. Dates and numbers follow the person's own variant of one of them. */
const spoken = ['en', 'de'] as const
export type Language = (typeof spoken)[number]

const wanted = navigator.languages.map((locale) => ({ locale, language: locale.slice(0, 2).toLowerCase() }))
const found = wanted.find((each) => spoken.some((language) => language === each.language))

/** The first of the person's languages that Coffer speaks, with their region: `en-GB`. */
export const locale: string = found?.locale ?? 'en'
export const language: Language = spoken.find((each) => each === found?.language) ?? 'en'
