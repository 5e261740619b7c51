import { describe, expect, it } from 'vitest';
import { networkInterfaces } from '../../../src/model/resources/network-interface.ts';

const item = (more: object) => ({
  NetworkInterfaceId: 'eni-0a1',
  SubnetId: 'subnet-0a1',
  VpcId: 'vpc-0a1',
  Status: 'in-use',
  Groups: [],
  PrivateIpAddresses: [
    { PrivateIpAddress: '10.0.1.5', Primary: false },
    { PrivateIpAddress: '10.0.1.4', Primary: true },
  ],
  ...more,
});

describe('the public address of an interface', () => {
  it('that stands at the interface alone is that of its primary address', () => {
    const { privateIpAddresses } = networkInterfaces.toModel(item({ Association: { PublicIp: '203.0.113.10' } }), '');
    expect(
      privateIpAddresses.map(({ privateIpAddress, association }) => [privateIpAddress, association?.publicIp]),
    ).toEqual([
      ['10.0.1.4', '203.0.113.10'],
      ['10.0.1.5', undefined],
    ]);
  });

  it('that stands with an address is taken from there', () => {
    const { privateIpAddresses } = networkInterfaces.toModel(
      item({
        Association: { PublicIp: '203.0.113.10' },
        PrivateIpAddresses: [
          { PrivateIpAddress: '10.0.1.4', Primary: true, Association: { PublicIp: '203.0.113.11' } },
        ],
      }),
      '',
    );
    expect(privateIpAddresses[0]?.association?.publicIp).toBe('203.0.113.11');
  });
});
