import { expect } from '@open-wc/testing';
import { judge, worse, type ReceivedTotals } from '../../../ui/link/connection-quality.ts';

const totals = (packets: number, lost: number, jitterMs = 3): ReceivedTotals => ({ packets, lost, jitterMs });

describe('the quality of a connection', () => {
  it('is good when nearly everything arrives in time', () => {
    expect(judge(totals(0, 0), totals(100, 1))).to.equal('good');
  });

  it('is fair or poor by what was lost since the last look, not since the beginning', () => {
    expect(judge(totals(1000, 0), totals(1095, 5))).to.equal('fair');
    expect(judge(totals(1000, 0), totals(1080, 20))).to.equal('poor');
    expect(judge(totals(100, 90), totals(200, 90))).to.equal('good');
  });

  it('suffers from late packets too', () => {
    expect(judge(totals(0, 0), totals(100, 0, 80))).to.equal('fair');
    expect(judge(totals(0, 0), totals(100, 0, 200))).to.equal('poor');
  });

  it('is unknown in silence, when nothing is sent', () => {
    expect(judge(totals(100, 2), totals(102, 2))).to.equal('unknown');
  });

  it('is the worse of what the phone and the box see', () => {
    expect(worse('good', 'poor')).to.equal('poor');
    expect(worse('unknown', 'good')).to.equal('good');
  });
});
