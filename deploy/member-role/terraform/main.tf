data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.trusted_principal_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.role_name
  description          = "Read-only, for vpc-auditor."
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 14400
  permissions_boundary = var.permissions_boundary_arn
}

# Both files are written from what the auditor calls; the first is what `vpc-auditor iam-policy` prints.
resource "aws_iam_role_policy" "read" {
  name   = "vpc-auditor-read"
  role   = aws_iam_role.this.id
  policy = file("${path.module}/read-policy.json")
}

resource "aws_iam_role_policy" "organization" {
  count  = var.read_organization ? 1 : 0
  name   = "vpc-auditor-organization"
  role   = aws_iam_role.this.id
  policy = file("${path.module}/organization-policy.json")
}
