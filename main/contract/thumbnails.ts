/** Ids one request for thumbnails may name. */
export const mostThumbnailsAtOnce = 48

/** Before the bytes of each picture of a batch: how many they are, 32 bits, big-endian; 0 when there is none. */
export const thumbnailLengthBytes = 4
