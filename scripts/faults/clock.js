// Preloaded into the action: its clock shows the time of the world that it is tried in.
const ahead = Number(process.env['WORLD_TIME_AHEAD'] ?? '0');
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }

  static now() {
    return RealDate.now() + ahead;
  }
};
