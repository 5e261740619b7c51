import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { homeRegion } from '../../src/aws/home-region.ts';
import { refuseUnknownRegions, regionSelection, regionsIn, selectRegions } from '../../src/aws/regions.ts';
import { nearestNames } from '../../src/model/nearest-names.ts';

const known = regionsIn({
  Regions: [
    { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
    { RegionName: 'eu-south-1', OptInStatus: 'opted-in' },
    { RegionName: 'af-south-1', OptInStatus: 'not-opted-in' },
    { RegionName: 'eu-west-1' },
  ],
});

describe('Regions', () => {
  it('that are enabled are all selected by default, by name', () => {
    expect(selectRegions(known, 'all')).toEqual({
      selected: ['eu-south-1', 'eu-west-1', 'us-east-1'],
      disabled: ['af-south-1'],
    });
  });

  it.each<[readonly string[] | undefined, unknown]>([
    [undefined, 'all'],
    [[], 'all'],
    [['all'], 'all'],
    [
      ['us-east-1', 'eu-west-1', 'us-east-1'],
      ['eu-west-1', 'us-east-1'],
    ],
  ])('%j means %j', (names, selection) => {
    expect(regionSelection(names)).toEqual(selection);
  });

  it.each([[['all', 'eu-west-1']], [['EU-WEST-1']], [['eu-west']], [['']], [['eu-west-1.evil.example']], [['--x']]])(
    '%j are refused before anything is asked',
    (names) => {
      expect(() => regionSelection(names)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }) as Error);
    },
  );

  it('that are unknown are refused with the nearest names', () => {
    const names = known.map(({ name }) => name);
    expect(() => refuseUnknownRegions(['eu-wset-1'], names)).toThrow('eu-west-1');
    expect(() => refuseUnknownRegions(['eu-west-1'], names)).not.toThrow();
    expect(() => refuseUnknownRegions(['eu-west-1'], [])).not.toThrow();
  });
});

describe('the home Region', () => {
  it.each([
    [{ configured: 'eu-west-1' }, 'eu-west-1'],
    [{ configured: undefined }, 'us-east-1'],
    [{ configured: 'me-south-1' }, 'us-east-1'],
    [{ configured: 'eu-west1' }, 'us-east-1'],
    [{ requested: 'cn-northwest-1' }, 'cn-north-1'],
    [{ requested: 'us-gov-east-1', configured: 'us-gov-east-1' }, 'us-gov-east-1'],
    [{ roleArn: 'arn:aws-us-gov:iam::111122223333:role/x', configured: 'eu-west-1' }, 'us-gov-west-1'],
    [{ roleArn: 'arn:aws:iam::111122223333:role/x', configured: 'ap-south-1' }, 'ap-south-1'],
    [{ roleArn: 'arn:aws-eusc:iam::111122223333:role/x' }, 'eusc-de-east-1'],
  ])('of %j is %s', (hints, region) => {
    expect(homeRegion(hints)).toBe(region);
  });
});

describe('the nearest names', () => {
  it('hold every known name that differs in one letter', () => {
    fc.assert(
      fc.property(fc.constantFrom('eu-west-1', 'us-gov-west-1', 'default'), fc.nat(8), (name, at) => {
        const index = at % name.length;
        const misspelt = `${name.slice(0, index)}x${name.slice(index + 1)}`;
        expect(nearestNames(misspelt, [name, 'something-else-entirely'])).toEqual([name]);
      }),
    );
  });

  it('are none where nothing is near', () => {
    expect(nearestNames('zzzz', ['production', 'staging'])).toEqual([]);
  });
});
