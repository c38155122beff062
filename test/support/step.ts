/**
 * A named part of a test that goes on from what the parts before it made. Answers what the part answers; a failure says
 * which part it was.
 */
export async function step<T>(name: string, part: () => T | Promise<T>): Promise<T> {
  try {
    return await part()
  } catch (error) {
    if (error instanceof Error) error.message = `${name}: ${error.message}`
    throw error
  }
}
