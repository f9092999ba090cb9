/** Lets one act after the other: at once when nobody is at it, else when the one before is through, well or not. */
export class Turns {
  private last: Promise<unknown> | undefined;

  async take<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.last ? this.after(this.last, act) : act();
    this.last = mine;
    try {
      return await mine;
    } finally {
      if (this.last === mine) this.last = undefined;
    }
  }

  private async after<T>(before: Promise<unknown>, act: () => Promise<T>): Promise<T> {
    await before.catch(() => undefined);
    return act();
  }
}
