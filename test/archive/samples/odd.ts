/** Text that is hard to hold: halves of characters, NUL, two directions, letters made of several. */
export const odd = 'odd \uD83D\uDE00\u0000\uD800 \u202Eעברית e\u0301 \u{1F468}\u200D\u{1F469}'
/** The same as it is stored. */
export const mended = 'odd \uD83D\uDE00 \u202Eעברית e\u0301 \u{1F468}\u200D\u{1F469}'
/** An address that must never be stored. */
export const ip = '203.0.113.7'
