/** What a step of a test cleans up behind itself. */
export interface Step {
  onTestFinished(cleanUp: () => unknown): void
}

/**
 * A named part of a test that goes on from what the parts before it made. Answers what the part answers; a failure says
 * which part it was. What the part opened is closed when it ends, the last first.
 */
export async function step<T>(name: string, part: (t: Step) => T | Promise<T>): Promise<T> {
  const cleaning: (() => unknown)[] = []
  try {
    return await part({ onTestFinished: (cleanUp) => void cleaning.push(cleanUp) })
  } catch (error) {
    if (error instanceof Error) error.message = `${name}: ${error.message}`
    throw error
  } finally {
    for (const cleanUp of cleaning.toReversed()) await cleanUp()
  }
}
