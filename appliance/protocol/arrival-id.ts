/** Where a page finds its arrival (arrival.ts): a data block of its HTML, which no browser runs. */
export const ARRIVAL_ID = 'arrival';
