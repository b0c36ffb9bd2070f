import { leaving, node, notReady, since, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const noRoute = (minutes: number) =>
  since('NetworkUnavailable', 'True', minutes, {
    reason: 'NoRouteCreated',
    message: 'RouteController failed to create a route',
  });

export const cases: readonly Case[] = [
  {
    name: 'quiet with a route',
    objects: {
      Node: [
        node({
          conditions: [since('NetworkUnavailable', 'False', 600, { reason: 'RouteCreated' })],
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'no route for six minutes',
    objects: { Node: [node({ conditions: [noRoute(6)] })] },
    expect: [
      {
        reason: 'NodeNetworkUnavailable',
        impact: 'degraded',
        since: ago(6),
        proof: { node: 'node-a' },
        says: ['no pod network', 'NoRouteCreated', 'failed to create a route'],
      },
    ],
  },
  {
    name: 'quiet within the grace time',
    objects: { Node: [node({ conditions: [noRoute(4)] })] },
    expect: [],
  },
  {
    name: 'quiet: unknown, since the node is lost',
    objects: { Node: [node({ conditions: [since('NetworkUnavailable', 'Unknown', 60)] })] },
    expect: [],
  },
  {
    name: 'quiet: the node is down, which tells of it',
    objects: { Node: [node({ conditions: [noRoute(60), notReady(60)] })] },
    expect: [],
  },
  ...[...leaving, ...virtual].map(([name, parts]) => ({
    name: `quiet on a node ${name}`,
    objects: { Node: [node({ conditions: [noRoute(60)], ...parts })] },
    expect: [],
  })),
];
