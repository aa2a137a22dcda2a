/**
 * SQL that is true of a row of `voucher` whose figures stand among the vouchers that `within` is true of, by the name a voucher has
 * there. A reversal may itself be reversed, which gives the original's figures (features.md 4.2): what the whole chain comes to
 * counts, and its first voucher there stands for it.
 */
export const figuresStand = (within: (voucher: string) => string): string =>
  `not exists (select 1 from voucher o where o.id = voucher.reversal_of and ${within('o')})
  and (not exists (select 1 from voucher r where r.reversal_of = voucher.id)
    or (with recursive chain (id, sign) as (
          select voucher.id, 1 union all select r.id, -chain.sign from chain join voucher r on r.reversal_of = chain.id)
        select sum(sign) from chain join voucher c on c.id = chain.id and ${within('c')}) <> 0)`
