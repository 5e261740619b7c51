data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "execution" {
  name_prefix        = "vpc-auditor-execution-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "external_id" {
  statement {
    actions   = ["ssm:GetParameters"]
    resources = [var.external_id_parameter_arn]
  }
}

resource "aws_iam_role_policy" "external_id" {
  name   = "external-id"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.external_id.json
}

# The principal that the member roles have to trust.
resource "aws_iam_role" "task" {
  name_prefix        = "vpc-auditor-task-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy_document" "members" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["arn:${data.aws_partition.current.partition}:iam::*:role/${var.member_role_name}"]
  }
}

resource "aws_iam_role_policy" "members" {
  name   = "member-roles"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.members.json
}

resource "aws_iam_role_policy" "organization" {
  name   = "read-the-organization"
  role   = aws_iam_role.task.id
  policy = file("${path.module}/../../member-role/terraform/organization-policy.json")
}

data "aws_iam_policy_document" "results" {
  statement {
    actions   = ["s3:PutObject", "s3:GetObject"]
    resources = ["${aws_s3_bucket.results.arn}/*"]
  }

  statement {
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.results.arn]
  }

  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.this.arn]
  }

  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.news.arn]
  }
}

resource "aws_iam_role_policy" "results" {
  name   = "write-the-results"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.results.json
}
