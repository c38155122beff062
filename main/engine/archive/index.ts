export { recognisePaths, type RecognisedPaths } from './paths.ts'
export { room } from './room.ts'
