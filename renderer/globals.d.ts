import type { CofferDesktop } from '../preload/api.ts'

declare global {
  /** Put in by the build: this version, and every package Coffer is made of. */
  const cofferVersion: string
  const cofferLicences: readonly { readonly name: string; readonly licence: string }[]

  interface Window {
    /** Present in the app, absent in a browser. */
    readonly coffer?: CofferDesktop
  }
}
