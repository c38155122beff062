import { v7 } from 'uuid'

/** A new time-ordered identifier (UUID version 7, RFC 9562): later ids sort after earlier ones. */
export function newId(): string {
  return v7()
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** True when the text has the shape of a UUID. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
