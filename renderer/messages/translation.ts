/** The words of a feature in another language: exactly the keys that English has, which the compiler checks. */
export type Translation<English> = Readonly<Record<keyof English, string>>
