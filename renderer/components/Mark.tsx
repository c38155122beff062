/** The mark: a chest seen from the front, its lid ajar. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2 8.5 4.6 3.6A2 2 0 0 1 6.4 2.5h7.2a2 2 0 0 1 1.8 1.1L18 8.5Z" fill="currentColor" opacity={0.55} />
      <path d="M2 10h5.5a2.5 2.5 0 0 0 5 0H18v5.5a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2Z" fill="currentColor" />
    </svg>
  )
}
