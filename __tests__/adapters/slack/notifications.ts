import type { Notification, NotificationKind } from '../../../src/core/model/notification.ts';

/** A notification as `decide` makes it. */
export function notificationOf(
  kind: NotificationKind,
  options: Partial<Notification> = {},
): Notification {
  return {
    id: '20260101_120000-1',
    kind,
    reason: 'NEW',
    severity: 'SEV-1',
    channel: 'C0123ABCD',
    alert: '20260101_120000-1',
    fingerprints: ['0123456789abcdef'],
    message: {
      text: 'SEV-1 api DOWN 6 min: image api:v2 does not exist (prod)',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text: '*Cause*' } }],
      attachments: [{ color: '#c0182b', fallback: 'Evidence' }],
    },
    cycleId: '20260101_120000',
    decidedAt: '2026-01-01T12:00:00Z',
    ...options,
  };
}
