import type { EarphoneSwitch } from '../earphone/earphone-switch.ts';
import type { Desk } from '../desk.ts';
import type { FloorActs } from '../floor/floor-rows.ts';
import type { CallActs } from '../private-calls/call-rows.ts';

/** What a guide does about visitors' voices, wherever on the desk they are shown. */

export function floorActs({ conversation: { floor }, socket }: Desk): FloorActs {
  return {
    lost: socket.lost,
    grant: (attendee) => floor.grant(attendee),
    refuse: (attendee) => floor.refuse(attendee),
    takeBack: () => floor.takeBack(),
  };
}

export function callActs({ conversation: { calls }, socket }: Desk): CallActs {
  return {
    lost: socket.lost,
    take: (call) => calls.want(call),
    decline: (id) => calls.decline(id),
    hangUp: (id) => calls.hangUp(id),
  };
}

export function earphoneActs({ conversation: { earphone } }: Desk): EarphoneSwitch {
  const { on, connected, volume } = earphone;
  return {
    on,
    connected,
    volume,
    set: (wanted) => (wanted ? earphone.start() : earphone.stop()),
    setVolume: (wanted) => earphone.setVolume(wanted),
  };
}
