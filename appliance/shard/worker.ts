import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { makeCertificate } from '../peer/dtls.ts';
import type { FrameMessage, FromShard, ShardData, ToShard } from './messages.ts';
import { ShardHost } from './shard-host.ts';

/** The thread that a shard runs in. */
const port = parentPort;
if (!port) throw new Error('A shard runs in a worker thread.');
const { frames, timeOrigin, ports, maxPtime, tooLateMs } = workerData as ShardData;
const ahead = performance.timeOrigin - timeOrigin;

const host = new ShardHost({
  certificate: await makeCertificate(),
  ports,
  maxPtime,
  tooLateMs,
  now: () => performance.now() + ahead,
  post: (message: FromShard) => port.postMessage(message),
  takeFrames: () => {
    for (let next = receiveMessageOnPort(frames); next; next = receiveMessageOnPort(frames))
      host.deliver(next.message as FrameMessage);
  },
});
frames.on('message', (frame: FrameMessage) => host.deliver(frame));
port.on('message', (message: ToShard) => {
  host.take(message);
  if (message.type !== 'stop') return;
  // Handshakes that are under way would keep the thread for half a minute with their timers.
  process.exit();
});
host.start();
