import { expect, test } from 'vitest'
import { isBankAccount, isOrganisationNumber, isPaymentReference } from '#worker/core/identifiers.ts'

// Values of norway.md section 9, all checked by program there.
test('organisation numbers by modulus 11', () => {
  for (const good of ['974760673', '923609016', '991825827', '889640782', '999999999', '888888888'])
    expect([good, isOrganisationNumber(good)]).toEqual([good, true])
  for (const bad of ['123456789', '923609017', '92360901', '9236090160', '', 'abcdefghi'])
    expect([bad, isOrganisationNumber(bad)]).toEqual([bad, false])
})
test('bank accounts by modulus 11', () => {
  expect(['86011117947', '12345678903'].map(isBankAccount)).toEqual([true, true])
  expect(['86011117948', '1234567890', ''].map(isBankAccount)).toEqual([false, false, false])
})
test('payment references by modulus 10 or 11', () => {
  for (const good of ['12345674', '01245785421', '123456785', '0000531', '104-'])
    expect([good, isPaymentReference(good)]).toEqual([good, true])
  for (const bad of ['12345670', '1', '', '12a4', '12345678901234567890123456'])
    expect([bad, isPaymentReference(bad)]).toEqual([bad, false])
})
