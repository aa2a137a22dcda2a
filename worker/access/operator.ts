import type { Bindings } from '#worker/http/env.ts'
import { DEMO_USER } from './create-demo-user.ts'
import type { Principal } from './permission.ts'

/**
 * Who looks after the installation as a whole: its local operator, and the people that `OPERATORS` names. It opens no company's books.
 * On one's own machine the demo user does, too.
 */
export const isOperator = (env: Pick<Bindings, 'OPERATORS' | 'LOCAL_INSTANCE'>, who: Principal): boolean =>
  who.kind === 'operator' ||
  (who.kind === 'user' &&
    ((env.OPERATORS ?? '').split(/[\s,]+/).includes(who.id) ||
      (env.LOCAL_INSTANCE === '1' && who.email === DEMO_USER.email)))
