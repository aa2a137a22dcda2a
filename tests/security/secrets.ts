/** What a secret looks like. Those of the tests and of the demo are made of words, and are none. */
const SHAPES: readonly (readonly [name: string, shape: RegExp])[] = [
  ['private key', /-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\n[A-Za-z0-9+/=\s]{200}/],
  ['key of ours', /\bhbk_[0-9a-z]{58}\b/],
  ['webhook secret', /\bwhsec_[0-9a-f]{64}\b/],
  ['AWS key', /\bAKIA[0-9A-Z]{16}\b/],
  ['GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36}\b/],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['Slack token', /\bxox[abprs]-[A-Za-z0-9-]{20,}/],
  ['Google key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['JSON web token', /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/],
  [
    'secret in a setting',
    /\b(?:SIGNING_KEY|PASSWORD_PEPPER|DATABASE_TOKEN|OPERATOR_KEY)\s*=\s*["']?[A-Za-z0-9+/_-]{24,}/,
  ],
]

/** The kinds of secrets that stand in a text. */
export const secretsIn = (text: string): string[] =>
  SHAPES.filter(([, shape]) => shape.test(text)).map(([name]) => name)
