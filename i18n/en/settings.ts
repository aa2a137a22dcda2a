import type { settings as nb } from '../nb/settings.ts'

export const settings: typeof nb = {
  title: 'Settings',
  company: {
    title: 'The company',
    name: 'Name',
    organisationNumber: 'Organisation number',
    vatRegistered: 'Registered for VAT',
    reverseChargeLiable: 'Liable for reverse charge',
    vatTerm: 'VAT period',
    vatTerms: { 'two-months': 'Two months', year: 'The whole year' },
    vatAmountLimit: 'Largest difference from computed VAT',
    vatAmountLimitHelp: 'Kroner. A larger difference needs a reason on the line.',
    matchDifferenceLimit: 'Largest difference of a match',
    matchDifferenceLimitHelp: 'Kroner. Booked as a rounding difference with the match.',
    cutOverDate: 'Cut-over date',
    cutOverDateHelp: 'The first day kept here. Empty: no limit.',
    created: 'Created {date}',
    currency: 'Currency {currency}',
  },
  ways: {
    title: 'More settings',
    members: 'Who can open the company, and what they can do',
    profile: 'What appears on letters and invoices',
    voucherTypes: 'Number series, requirements and who posts what',
    safety: 'Run the checks, and take a backup',
    copy: 'Use the setup of another company',
    deletion: 'Take the books with you, and delete them here',
  },
  lacking: 'Your role can see this, but not change it.',
}
