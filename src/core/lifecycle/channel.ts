import type { Catalog } from '../model/catalog.ts';
import type { IncidentRecord } from '../model/state.ts';

/** Every channel that the catalog names, in no particular order. */
export function channelsOf({
  services,
  channels,
}: Pick<Catalog, 'services' | 'channels'>): readonly string[] {
  const named = [...Object.values(channels), ...services.map(({ channel }) => channel)];
  return [...new Set(named.flatMap((channel) => channel ?? []))];
}

/** Where an alert goes: the channel of the first service that has one, else that of its severity, else the default. */
export function channelFor(
  { services, channels }: Pick<Catalog, 'services' | 'channels'>,
  otherwise: string,
): (record: Pick<IncidentRecord, 'services' | 'severity'>) => string {
  const own = new Map(services.map(({ name, channel }) => [name, channel]));
  return (record) => {
    const [first] = record.services.flatMap((name) => own.get(name) ?? []);
    return first ?? channels[record.severity] ?? otherwise;
  };
}
