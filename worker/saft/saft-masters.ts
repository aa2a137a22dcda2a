import { isoDate } from '#worker/core/dates.ts'
import type { SaftParty } from './saft-file.ts'
import { branch, emptyAccount, emptyParty, leaf, type Node, type Reading } from './saft-reading.ts'

/** Opening and closing of an account or a party: debit +, credit −. */
const balances = {
  OpeningDebitBalance: leaf((r, t) => {
    r.balance.opening += r.oreOf(t)
  }),
  OpeningCreditBalance: leaf((r, t) => {
    r.balance.opening -= r.oreOf(t)
  }),
  ClosingDebitBalance: leaf((r, t) => {
    r.balance.closing += r.oreOf(t)
  }),
  ClosingCreditBalance: leaf((r, t) => {
    r.balance.closing -= r.oreOf(t)
  }),
}

const account = branch(
  {
    AccountID: leaf((r, t) => {
      r.account.id = t
    }),
    AccountDescription: leaf((r, t) => {
      r.account.description = t
    }),
    StandardAccountID: leaf((r, t) => {
      r.account.standardAccount = t
    }),
    GroupingCategory: leaf((r, t) => {
      r.account.groupingCategory = t
    }),
    GroupingCode: leaf((r, t) => {
      r.account.groupingCode = t
    }),
    ...balances,
  },
  {
    open: (r) => {
      r.account = emptyAccount(r.lineNow())
      r.balance = { account: '', opening: 0, closing: 0 }
    },
    close: (r) => {
      r.need(r.account.id, 'AccountID', 70)
      const before = r.accounts.get(r.account.id)
      r.account.opening = r.exact(r.balance.opening + (before?.opening ?? 0))
      r.account.closing = r.exact(r.balance.closing + (before?.closing ?? 0))
      r.accounts.set(r.account.id, r.account)
    },
  },
)

const endBalance = (r: Reading) => {
  const { balance } = r
  if (balance.account !== '' || balance.opening !== 0 || balance.closing !== 0) r.party.balances.push(balance)
  r.balance = { account: '', opening: 0, closing: 0 }
}
const partyOf = (kind: SaftParty['kind'], idName: string): Node =>
  branch(
    {
      [idName]: leaf((r, t) => {
        r.party.id = t
      }),
      RegistrationNumber: leaf((r, t) => {
        r.party.registrationNumber = t
      }),
      Name: leaf((r, t) => {
        r.party.name = t
      }),
      Address: branch({
        StreetName: leaf((r, t) => {
          if (r.party.city === '') r.party.address ||= t
        }),
        Number: leaf((r, t) => {
          if (r.party.city === '' && r.party.address !== '') r.party.address += ` ${t}`
        }),
        City: leaf((r, t) => {
          r.party.city ||= t
        }),
        PostalCode: leaf((r, t) => {
          r.party.postalCode ||= t
        }),
        Country: leaf((r, t) => {
          r.party.country ||= t
        }),
      }),
      Contact: branch({
        Telephone: leaf((r, t) => {
          r.party.phone ||= t
        }),
        Email: leaf((r, t) => {
          r.party.email ||= t
        }),
        MobilePhone: leaf((r, t) => {
          r.party.phone ||= t
        }),
      }),
      BankAccount: branch({
        BankAccountNumber: leaf((r, t) => {
          r.party.bankAccount ||= t
        }),
        IBANNumber: leaf((r, t) => {
          r.party.bankAccount ||= t
        }),
      }),
      // 1.30 and later hold one or more of these; before, the account and its balances stand on the party itself.
      BalanceAccount: branch(
        {
          AccountID: leaf((r, t) => {
            r.balance.account = t
          }),
          ...balances,
        },
        { open: endBalance, close: endBalance },
      ),
      AccountID: leaf((r, t) => {
        r.balance.account = t
      }),
      ...balances,
      PartyInfo: branch({
        PaymentTerms: branch({
          Days: leaf((r, t) => {
            if (/^\d{1,3}$/.test(t)) r.party.paymentDays = Number(t)
          }),
        }),
        Status: leaf((r, t) => {
          r.party.passive = t === 'Passive'
        }),
      }),
    },
    {
      open: (r) => {
        r.party = emptyParty(r.lineNow(), kind)
        r.balance = { account: '', opening: 0, closing: 0 }
      },
      close: (r) => {
        r.need(r.party.id, idName, 35)
        endBalance(r)
        r.parties.push(r.party)
      },
    },
  )

const taxTable = branch({
  TaxTableEntry: branch({
    TaxCodeDetails: branch(
      {
        TaxCode: leaf((r, t) => {
          r.taxCode.code = t
        }),
        StandardTaxCode: leaf((r, t) => {
          r.taxCode.standard = t
        }),
        Description: leaf((r, t) => {
          r.taxCode.description = t
        }),
        TaxPercentage: leaf((r, t) => {
          r.taxCode.percent = t
        }),
      },
      {
        open: (r) => {
          r.taxCode = { code: '', standard: '', description: '', percent: '' }
        },
        close: (r) => {
          if (r.taxCode.code !== '') r.taxCodes.set(r.taxCode.code, r.taxCode)
        },
      },
    ),
  }),
})

const analysisTypes = branch({
  AnalysisTypeTableEntry: branch(
    {
      AnalysisType: leaf((r, t) => {
        r.analysisEntry.type = t
      }),
      AnalysisTypeDescription: leaf((r, t) => {
        r.analysisEntry.typeName = t
      }),
      AnalysisID: leaf((r, t) => {
        r.analysisEntry.id = t
      }),
      AnalysisIDDescription: leaf((r, t) => {
        r.analysisEntry.name = t
      }),
      EndDate: leaf((r, t) => {
        r.analysisEntry.endDate = isoDate(t.slice(0, 10)) ?? null
      }),
    },
    {
      open: (r) => {
        r.analysisEntry = { type: '', typeName: '', id: '', name: '', endDate: null }
      },
      close: (r) => {
        const { type, typeName, id, name, endDate } = r.analysisEntry
        if (type === '') return
        const known = r.analysisTypes.get(type) ?? { description: typeName, values: new Map() }
        if (id !== '') known.values.set(id, { name: name || id, endDate })
        r.analysisTypes.set(type, known)
      },
    },
  ),
})

/** The elements of the master files that are read. */
export const masterFiles = branch(
  {
    GeneralLedgerAccounts: branch({ Account: account }),
    Customers: branch({ Customer: partyOf('customer', 'CustomerID') }),
    Suppliers: branch({ Supplier: partyOf('supplier', 'SupplierID') }),
    TaxTable: taxTable,
    AnalysisTypeTable: analysisTypes,
  },
  {
    open: (r) => {
      if (!r.header) r.refuse('saft/incomplete', { field: 'Header' })
    },
  },
)
