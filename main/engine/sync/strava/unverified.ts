/**
 * What Strava's reference does not say, or what was read of it second hand. Where one of these is wrong, it is wrong here.
 */

/** Pictures of an activity: the path is in no reference, but many programs use it. `size` asks for the largest there is. */
export const photosQuery = { size: '5000', photo_sources: 'true' } as const

/**
 * An app whose “Authorization Callback Domain” is `localhost` may be sent back to any port of it. 127.0.0.1 may be
 * allowed as well, but nobody says so.
 */
export const redirectHost = 'localhost'

/** Series of a recording that are asked for; those that it does not have are left out of the answer. */
export const streamKeys =
  'time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving,grade_smooth'

/** Field of the error that says that somebody did not allow this program to read activities. */
export const missingScope = 'activity:read_permission'
