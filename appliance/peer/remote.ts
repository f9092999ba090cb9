/** Where a phone's packets come from. */
export interface Remote {
  readonly address: string;
  readonly port: number;
}
