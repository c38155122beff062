/**
 * The time zone of this computer. An empty or made-up `TZ` makes the runtime answer with a name that no calendar takes;
 * then it is UTC.
 */
export function localZone(): string {
  const zone = Temporal.Now.timeZoneId()
  try {
    Temporal.Now.zonedDateTimeISO(zone)
    return zone
  } catch {
    // "Etc/Unknown": nobody said where this computer is.
    return 'UTC'
  }
}
