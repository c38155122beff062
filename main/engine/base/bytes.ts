/** `12.4 MB`, in steps of 1000 as disks are sold. */
export function bytesInWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/**
 * Gives the memory of bytes back at once, where they have their own: waiting for the garbage collector, a thread that
 * makes a gigabyte of them in small pieces holds a hundred megabytes of it. They are empty afterwards.
 */
export function release(bytes: Uint8Array<ArrayBuffer>): void {
  if (bytes.buffer.byteLength === bytes.byteLength) bytes.buffer.transfer(0)
}
