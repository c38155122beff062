/** How a picture lies in its stage: scaled around its middle, then moved. */
export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export const fitted: View = { scale: 1, x: 0, y: 0 }

/** How large a picture is drawn when it fits its stage; small ones are not blown up. */
export function fittedSize(picture: Size, stage: Size): Size {
  const share = Math.min(stage.width / picture.width, stage.height / picture.height, 1)
  return { width: picture.width * share, height: picture.height * share }
}

/** The scale at which one pixel of the picture is one of the screen. */
export function fullScale(picture: Size, stage: Size, pixelRatio: number): number {
  const fit = fittedSize(picture, stage)
  return Math.max(picture.width / fit.width / pixelRatio, 1)
}

/** Zooms so that what lies under a point, counted from the middle of the stage, stays there. */
export function zoomAt(view: View, scale: number, at: { readonly x: number; readonly y: number }): View {
  const share = scale / view.scale
  return { scale, x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share }
}

/** Keeps the picture over the stage: an edge may come to the stage's edge and no further. */
export function held(view: View, drawn: Size, stage: Size): View {
  const spareX = Math.max((drawn.width * view.scale - stage.width) / 2, 0)
  const spareY = Math.max((drawn.height * view.scale - stage.height) / 2, 0)
  return {
    scale: view.scale,
    x: Math.min(Math.max(view.x, -spareX), spareX),
    y: Math.min(Math.max(view.y, -spareY), spareY),
  }
}
