import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubnetExposure } from '../../../src/model/verdict/defence-in-depth.ts';
import type { MapGateway, NetworkMap, SubnetTier } from '../../../src/model/verdict/network-map.ts';
import type { OrganisationMap, TrafficFlow } from '../../../src/model/verdict/organisation-map.ts';
import type { Drawing, DrawnBox } from '../../../src/reporters/html/map/drawing.ts';
import { fitted, widthOf } from '../../../src/reporters/html/map/fit-text.ts';
import { organisationDrawing } from '../../../src/reporters/html/map/organisation-drawing.ts';
import { vpcDrawing } from '../../../src/reporters/html/map/vpc-drawing.ts';

const exposures: readonly SubnetExposure[] = ['exposed', 'limited', 'behind-load-balancer', 'blocked', 'unknown'];
const tiers: readonly SubnetTier[] = ['public', 'nat', 'egress-only', 'routed', 'isolated', 'unknown'];

interface Size {
  readonly subnets: number;
  readonly tables: number;
  readonly gateways: number;
  readonly endpoints: number;
}

/** A VPC of any size and mixture; what its owner names carries `name`. */
function mapOf({ subnets, tables, gateways, endpoints }: Size, name: string): NetworkMap {
  const tableIds = Array.from({ length: tables }, (_, at) => `rtb-${at}`);
  const types: readonly MapGateway['type'][] = ['internet-gateway', 'nat-gateway', 'vpc-peering-connection'];
  return {
    accountId: '111122223333',
    region: 'eu-west-1',
    vpcId: 'vpc-1',
    name,
    isDefault: false,
    cidrBlocks: ['10.0.0.0/16'],
    availabilityZones: [],
    subnets: Array.from({ length: subnets }, (_, at) => ({
      subnetId: `subnet-${at}`,
      name: `${name}${at}`,
      ...(at % 7 === 0 ? {} : { availabilityZone: `eu-west-1${'abc'[at % 3]}` }),
      cidrBlocks: [`10.0.${at % 256}.0/24`],
      tier: tiers[at % tiers.length] ?? 'unknown',
      roles: [],
      exposure: exposures[at % exposures.length] ?? 'unknown',
      ...(tables === 0 ? {} : { routeTableId: tableIds[at % tables] ?? '' }),
      interfaces: [{ kind: 'instance', count: 1000 }],
    })),
    routeTables: tableIds.map((routeTableId, at) => ({
      routeTableId,
      name,
      isMain: at === 0,
      subnetIds: Array.from({ length: subnets }, (_, subnet) => subnet)
        .filter((subnet) => subnet % tables === at)
        .map((subnet) => `subnet-${subnet}`),
      targets: [
        { kind: 'local', id: 'local', state: 'active', routes: 1, destinations: ['10.0.0.0/16'] },
        ...(gateways === 0
          ? []
          : [
              {
                kind: 'internet-gateway',
                id: `gw-${at % gateways}`,
                state: at % 2 === 0 ? 'active' : 'blackhole',
                routes: 1,
                destinations: ['0.0.0.0/0'],
              },
            ]),
        { kind: 'network-interface', id: `eni-${at}`, state: 'active', routes: 1, destinations: ['10.9.0.0/16'] },
      ],
    })),
    gateways: Array.from({ length: gateways }, (_, at) => ({
      id: `gw-${at}`,
      type: types[at % types.length] ?? 'nat-gateway',
      name,
      subnetIds: [],
    })),
    endpoints: Array.from({ length: endpoints }, (_, at) => ({
      vpcEndpointId: `vpce-${at}`,
      vpcEndpointType: at % 2 === 0 ? 'Interface' : 'Gateway',
      serviceName: `com.amazonaws.eu-west-1.${name}${at}`,
      state: 'available',
      subnetIds: [],
      routeTableIds: at % 2 === 0 ? [] : ['rtb-0'],
    })),
    missing: [],
  };
}

const overlap = (a: DrawnBox, b: DrawnBox): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function wellDrawn({ width, height, boxes, zones, links }: Drawing): void {
  for (const [at, box] of boxes.entries()) {
    for (const other of boxes.slice(at + 1)) expect(overlap(box, other), `${box.title} and ${other.title}`).toBe(false);
    expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
    for (const line of box.lines) {
      expect(line.y).toBeLessThanOrEqual(box.y + box.height);
      expect(line.x + widthOf(line.text) * 11).toBeLessThanOrEqual(box.x + box.width);
    }
  }
  for (const [at, zone] of zones.entries())
    for (const other of zones.slice(at + 1)) expect(overlap(zone, other)).toBe(false);
  const sides = boxes.flatMap(({ x, y, width: wide, height: tall }) => [
    `${x + wide} ${Math.round((y + tall / 2) * 10) / 10}`,
    `${x} ${Math.round((y + tall / 2) * 10) / 10}`,
  ]);
  for (const { d, kind } of links) {
    const [, x1, y1, x2, y2] = /^M(\S+) (\S+)C\S+ \S+ \S+ \S+ (\S+) (\S+)$/.exec(d) ?? [];
    expect(sides).toContain(`${x1} ${y1}`);
    if (kind !== 'part') expect(sides).toContain(`${x2} ${y2}`);
  }
}

const sizes = fc.record({
  subnets: fc.nat(60),
  tables: fc.nat(30),
  gateways: fc.nat(20),
  endpoints: fc.nat(12),
});
const names = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('the drawing of a VPC', () => {
  it('has no box over another, no text beyond its box, and no line that ends beside one', () => {
    fc.assert(
      fc.property(sizes, names, (size, name) => wellDrawn(vpcDrawing(mapOf(size, name)))),
      { numRuns: 60 },
    );
  });

  it('is the same whatever was drawn before', () => {
    const map = mapOf({ subnets: 9, tables: 3, gateways: 3, endpoints: 4 }, 'shop');
    const first = vpcDrawing(map);
    vpcDrawing(mapOf({ subnets: 2, tables: 1, gateways: 1, endpoints: 0 }, 'other'));
    expect(vpcDrawing(map)).toEqual(first);
  });

  it('stays readable with a thousand subnets, and loses none', () => {
    const { boxes } = vpcDrawing(mapOf({ subnets: 1000, tables: 300, gateways: 40, endpoints: 60 }, 'x'));
    expect(boxes.length).toBeLessThan(150);
    const told = boxes
      .filter(({ kind }) => kind.startsWith('subnet'))
      .map(({ title }) => Number(/^(\d+) subnets? alike/.exec(title.replaceAll(',', ''))?.[1] ?? 1));
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(1000);
  });

  it('tells by width and by mark where the internet comes in, and by a bar where nobody gets in', () => {
    const map = mapOf({ subnets: 4, tables: 1, gateways: 1, endpoints: 0 }, 'shop');
    const only = (exposure: SubnetExposure): Drawing =>
      vpcDrawing({ ...map, subnets: map.subnets.map((subnet) => ({ ...subnet, tier: 'public', exposure })) });
    const toGateway = ({ links }: Drawing) => links.filter(({ kind }) => kind !== 'part').at(-2);
    expect(toGateway(only('exposed'))).toMatchObject({ kind: 'exposed', bar: '' });
    expect(toGateway(only('limited'))).toMatchObject({ kind: 'limited', bar: '' });
    expect(toGateway(only('blocked'))).toMatchObject({ kind: 'plain', bar: expect.stringMatching(/^M/) });
    const marks = new Set(
      exposures.map((exposure) => only(exposure).boxes[1]?.mark.replaceAll(/^M\S+ \S+?(?=[a-z])/g, '')),
    );
    expect(marks.size).toBe(exposures.length);
  });
});

describe('the drawing of the organisation', () => {
  it('has no box over another, whatever is joined with what', () => {
    const flow = fc.constantFrom<TrafficFlow>('yes', 'partly', 'no', 'unknown');
    const pair = fc.tuple(fc.nat(19), fc.nat(19), fc.nat(5), flow, flow).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 30 }), names, (pairs, name) => {
        const map: OrganisationMap = {
          vpcs: Array.from({ length: 20 }, (_, at) => ({
            vpcId: `vpc-${at}`,
            ...(at % 5 === 0 ? {} : { accountId: `11112222333${at % 4}`, region: 'eu-west-1', name }),
            cidrBlocks: ['10.0.0.0/16'],
            isInScope: at % 5 !== 0,
          })),
          links: pairs.map(([a, b, joint, there, back]) => ({
            type: joint % 2 === 0 ? 'transit-gateway' : 'vpc-peering-connection',
            id: `joint-${joint}`,
            vpcIds: [`vpc-${a}`, `vpc-${b}`],
            directions: [
              {
                fromVpcId: `vpc-${a}`,
                toVpcId: `vpc-${b}`,
                traffic: there,
                fromInterfaces: 1,
                toInterfaces: 1,
                blockedBy: [],
              },
              {
                fromVpcId: `vpc-${b}`,
                toVpcId: `vpc-${a}`,
                traffic: back,
                fromInterfaces: 1,
                toInterfaces: 1,
                blockedBy: [],
              },
            ],
          })),
          omittedPairs: 0,
        };
        wellDrawn(organisationDrawing(map));
      }),
      { numRuns: 60 },
    );
  });
});

describe('fitted text', () => {
  it('is never wider than its room, and whole where it fits', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 40, max: 300 }), (name, room) => {
        const text = fitted(name, room, 11);
        expect(widthOf(text) * 11).toBeLessThanOrEqual(room);
      }),
    );
    expect(fitted('shop-a', 100, 11)).toBe('shop-a');
    expect(fitted('漢字'.repeat(20), 100, 11)).toMatch(/…$/);
  });
});
