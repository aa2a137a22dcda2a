/** The header of an answer that is given as this machine had it: when it was read, in UTC. */
export const KEPT_AT = 'kept-at'
