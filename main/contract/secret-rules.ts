/**
 * What a secret has to be: so many characters, and so hard to guess (0 to 4, see `PasswordStrength`). Guesses at a
 * password are slowed down, about 10^8 are needed; those at a passphrase are made on files that somebody has taken away,
 * so 10^10.
 */
export const secretRules = {
  password: { characters: 12, score: 3 },
  passphrase: { characters: 10, score: 4 },
} as const
export type SecretKind = keyof typeof secretRules
