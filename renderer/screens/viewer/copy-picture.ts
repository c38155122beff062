import { pictureUrl } from '../../data/media.ts'

/** Puts the viewer's picture on the clipboard, as PNG, the one kind every clipboard takes. */
export async function copyPicture(id: string): Promise<void> {
  const answer = await fetch(pictureUrl(id, 'viewer'))
  const bitmap = await createImageBitmap(await answer.blob())
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  const png = await canvas.convertToBlob({ type: 'image/png' })
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
}
