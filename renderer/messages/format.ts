import type { TakenPrecision } from '../../main/contract/index.ts'
import { locale } from './locale.ts'
import { t } from './translate.ts'

const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const oneDigit = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
const shortDay = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' })
const monthYear = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
const wallClock = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
})
const dayMonthYear = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
const moment = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

export function number(value: number): string {
  return integers.format(value)
}

export function decimal(value: number): string {
  return oneDigit.format(value)
}

/** Sizes count in thousands, as file managers do. */
export function bytes(value: number): string {
  if (value < 1000) return t('size.bytes', { amount: value })
  const units = ['KB', 'MB', 'GB', 'TB']
  let amount = value / 1000
  let unit = 0
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000
    unit += 1
  }
  return `${amount < 10 ? oneDigit.format(amount) : integers.format(amount)} ${units[unit]}`
}

/** "a few seconds", "8 min", "2 h 5 min": as exact as anyone cares. */
export function duration(seconds: number): string {
  if (seconds < 10) return t('duration.few')
  if (seconds < 60) return t('duration.seconds', { seconds: Math.ceil(seconds / 10) * 10 })
  const all = Math.ceil(seconds / 60)
  if (all < 60) return t('duration.minutes', { minutes: all })
  const hours = Math.floor(all / 60)
  const minutes = all % 60
  return minutes === 0 ? t('duration.hours', { hours }) : t('duration.hoursMinutes', { hours, minutes })
}

/** "1:05" on a video tile. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** Wall time is read as if it were UTC, so that no zone of this computer can move it. */
function wallDate(text: string): Date {
  return new Date(`${text.length === 10 ? `${text}T00:00:00` : text}Z`)
}

export function day(value: string): string {
  return shortDay.format(wallDate(value))
}

export function month(value: string): string {
  return monthYear.format(wallDate(value))
}

export function wallTime(value: string): string {
  return wallClock.format(wallDate(value))
}

const longDay = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})
const wallHands = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })

/** "Saturday, 15 June 2024" on a wall calendar. */
export function wallDay(value: string): string {
  return longDay.format(wallDate(value.slice(0, 10)))
}

/** "18:30" on a wall clock. */
export function wallHour(value: string): string {
  return wallHands.format(wallDate(value))
}

/** "Saturday, 15 June 2024 at 18:30", or as much of a date as is known: "August 1993", "1993". */
export function takenTime(local: string, precision: TakenPrecision | null): string {
  switch (precision) {
    case 'year':
      return local.slice(0, 4)
    case 'month':
      return month(local)
    case 'day':
      return dayMonthYear.format(wallDate(local))
    case null:
      return wallTime(local)
  }
}

/** A moment of this computer's life, in its own zone. */
export function when(instant: string): string {
  return moment.format(new Date(instant))
}

const distance = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

/** "now", "5 minutes ago", "yesterday": how long ago a moment of this computer's life was. */
export function ago(instant: string): string {
  const seconds = Math.max((Date.now() - Date.parse(instant)) / 1000, 0)
  if (seconds < 60) return distance.format(0, 'second')
  if (seconds < 3600) return distance.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return distance.format(-Math.floor(seconds / 3600), 'hour')
  return distance.format(-Math.floor(seconds / 86_400), 'day')
}

/** "now", "in 5 minutes", "tomorrow": how long until a moment of this computer's life. */
export function until(instant: string): string {
  const seconds = Math.max((Date.parse(instant) - Date.now()) / 1000, 0)
  if (seconds < 60) return distance.format(0, 'second')
  if (seconds < 3600) return distance.format(Math.round(seconds / 60), 'minute')
  if (seconds < 86_400) return distance.format(Math.round(seconds / 3600), 'hour')
  return distance.format(Math.round(seconds / 86_400), 'day')
}

const calendar = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const hands = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })

/** "Today", "Yesterday", "Saturday, 21 November 2026": the day of a moment, in this computer's own zone. */
export function calendarDay(instant: string): string {
  const name = calendar.format(new Date(instant))
  const today = new Date()
  if (name === calendar.format(today)) return t('activity.today')
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  return name === calendar.format(yesterday) ? t('activity.yesterday') : name
}

/** "08:22", in this computer's own zone. */
export function timeOfDay(instant: string): string {
  return hands.format(new Date(instant))
}

export function offset(minutes: number): string {
  const size = Math.abs(minutes)
  const hours = String(Math.floor(size / 60)).padStart(2, '0')
  return `UTC${minutes < 0 ? '−' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`
}

const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' })
const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })

/** "today", "yesterday", "Tuesday", "3 November 2026": the day of a moment that has passed, within a sentence. */
export function dayName(instant: string): string {
  const then = new Date(instant)
  const days = Math.round((midnight(new Date()) - midnight(then)) / 86_400_000)
  if (days <= 1) return distance.format(-Math.max(days, 0), 'day')
  return days < 7 ? weekday.format(then) : date.format(then)
}

function midnight(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime()
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** "1 day 2 hours 30 minutes": a length of time, exactly. */
export function span(seconds: number): string {
  let left = seconds
  return units
    .flatMap(([unit, size]) => {
      const count = Math.floor(left / size)
      left -= count * size
      if (count === 0) return []
      return [new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)]
    })
    .join(' ')
}

/** How much later the second wall time is than the first. */
export function secondsBetween(one: string, other: string): number {
  return (wallDate(other).getTime() - wallDate(one).getTime()) / 1000
}

/** "2024", "June 2024", "15 June 2024", or from one day to another: days as somebody would name them. */
export function dayRange(from: string, to: string): string {
  if (from === to) return dayMonthYear.format(wallDate(from))
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return from.slice(0, 4)
  if (from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7)) return month(from)
  return dayMonthYear.formatRange(wallDate(from), wallDate(to))
}
