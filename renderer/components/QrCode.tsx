import { encodeQR } from 'qr'
import { useMemo } from 'react'
import styles from './QrCode.module.css'

/** A text as a QR code, black on white in every theme: some readers see no light one on dark. `label` says what it holds. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { side, path } = useMemo(() => drawn(text), [text])
  return (
    <svg className={styles['code']} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  )
}

/** The dark squares as one path of unit squares, with the white edge of four that the standard (ISO 18004) asks for. */
function drawn(text: string): { readonly side: number; readonly path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const squares = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
  return { side: rows.length, path: squares.join('') }
}
