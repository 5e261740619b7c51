import { describe, expect, it } from 'vitest';
import { serviceOn, services } from '../../src/auditors/services.ts';

describe('the table of services', () => {
  it('gives each port to one service', () => {
    for (const protocol of ['tcp', 'udp'] as const) {
      const ports = services.flatMap((service) =>
        (service[protocol] ?? []).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        ),
      );
      expect(ports.length).toBeGreaterThan(0);
      expect(new Set(ports).size).toBe(ports.length);
    }
  });

  it('has every port that Security Hub calls high-risk (EC2.19)', () => {
    const ports = [
      20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088,
      8888, 9200, 9300,
    ];
    for (const port of ports) {
      expect(['high', 'medium', 'critical'], `port ${port}`).toContain(serviceOn('tcp', port)?.severity);
    }
  });

  it('names each service once', () => {
    expect(new Set(services.map(({ name }) => name)).size).toBe(services.length);
  });
});
