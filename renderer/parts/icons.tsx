import type { ReactNode } from 'react'

interface IconProps {
  readonly size?: number
}

function Icon({ size = 18, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

/** The mark: a chest seen from the front, its lid ajar. */
export function Mark({ size = 20 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2 8.5 4.6 3.6A2 2 0 0 1 6.4 2.5h7.2a2 2 0 0 1 1.8 1.1L18 8.5Z" fill="currentColor" opacity={0.55} />
      <path d="M2 10h5.5a2.5 2.5 0 0 0 5 0H18v5.5a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2Z" fill="currentColor" />
    </svg>
  )
}

export function TimelineIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <rect x="2.5" y="3" width="6" height="5" rx="1" />
      <rect x="10.5" y="3" width="5" height="5" rx="1" />
      <rect x="2.5" y="10" width="4" height="5" rx="1" />
      <rect x="8.5" y="10" width="7" height="5" rx="1" />
    </Icon>
  )
}

export function ImportIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M9 2.5v8M5.8 7.6 9 10.8l3.2-3.2M2.8 11v3a1.5 1.5 0 0 0 1.5 1.5h9.4a1.5 1.5 0 0 0 1.5-1.5v-3" />
    </Icon>
  )
}

export function AddIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M9 3.5v11M3.5 9h11" />
    </Icon>
  )
}

export function DropIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <rect x="4.5" y="6" width="11" height="9" rx="1.2" strokeWidth={0.9} />
      <path d="M2.5 12V4.2A1.2 1.2 0 0 1 3.7 3H13" strokeWidth={0.9} />
      <path d="m4.8 13.2 3-3 2.3 2.3 1.7-1.7 3.4 3.2" strokeWidth={0.9} />
      <circle cx="12.4" cy="8.8" r=".9" strokeWidth={0.9} />
    </Icon>
  )
}

export function VideoIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5 3.6v10.8L14 9Z" fill="currentColor" />
    </Icon>
  )
}

export function SoundIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M6.5 13.5V4l8-1.5V12" />
      <circle cx="4.6" cy="13.5" r="1.9" />
      <circle cx="12.6" cy="12" r="1.9" />
    </Icon>
  )
}

export function FileIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4 15.5v-13h6.5L14 6v9.5ZM10.3 2.6V6H14" />
    </Icon>
  )
}

export function CloseIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m4.5 4.5 9 9m0-9-9 9" />
    </Icon>
  )
}

export function BackIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M10.8 3.8 5.6 9l5.2 5.2" />
    </Icon>
  )
}

export function ForwardIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M7.2 3.8 12.4 9l-5.2 5.2" />
    </Icon>
  )
}

export function InfoIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="9" cy="9" r="6.5" />
      <path d="M9 8.3v4M9 5.7v.1" />
    </Icon>
  )
}

export function AttentionIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M9 2.8 16 15H2ZM9 7.2v3.4M9 12.8v.1" />
    </Icon>
  )
}
