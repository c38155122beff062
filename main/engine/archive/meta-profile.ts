import { z } from 'zod'

const entry = z.object({ string_map_data: z.record(z.string(), z.object({ value: z.string().catch('') })) })
const handle = /^[a-z\d._]{2,30}$/i
/** The keys follow the language of the account: the most common ones, then what looks like a name of this kind. */
const ofUsername =
  /^(?:username|benutzername|nombre de usuario|nom d.utilisateur|nome utente|nome de usuário|nome de utilizador|gebruikersnaam|nazwa użytkownika|användarnamn|kullanıcı adı|имя пользователя|ユーザーネーム)$/i
const ofName = /^(?:name|nombre|nom|nome|naam|imię|namn|ad|имя|名前)$/i
const ofBio = /^(?:bio|biography|biografie|biografía|biographie|biografia|steckbrief)$/i

/** Who an account of Instagram or Threads is. */
export interface MetaProfile {
  readonly username: string | null
  readonly name: string | null
  readonly bio: string | null
}

/** The profile in a mended `personal_information.json`, below its key; null where there is none. */
export function metaProfileOf(data: unknown, key: string): MetaProfile | null {
  const parsed = z.object({ [key]: z.array(entry).min(1) }).safeParse(data)
  if (!parsed.success) return null
  const fields = Object.entries(parsed.data[key]?.[0]?.string_map_data ?? {})
  const valueOf = (name: RegExp): string | null => fields.find(([each]) => name.test(each))?.[1].value || null
  const likely = fields.find(([, { value }]) => handle.test(value) && /[._\d]/.test(value) && /[a-z]/i.test(value))
  return { username: valueOf(ofUsername) ?? likely?.[1].value ?? null, name: valueOf(ofName), bio: valueOf(ofBio) }
}
