resource "aws_cloudwatch_log_group" "this" {
  name_prefix       = "/vpc-auditor/"
  retention_in_days = var.retention_days
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_security_group" "task" {
  name_prefix = "vpc-auditor-"
  description = "vpc-auditor calls the AWS API; nothing calls it."
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "api" {
  security_group_id = aws_security_group.task.id
  description       = "AWS API over HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_ecs_cluster" "this" {
  name = "vpc-auditor"
}

resource "aws_ecs_task_definition" "this" {
  family                   = "vpc-auditor"
  cpu                      = 512
  memory                   = 1024
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  volume {
    name = "out"
  }

  container_definitions = jsonencode([{
    name                   = "vpc-auditor"
    image                  = var.image
    essential              = true
    user                   = "65532:65532"
    readonlyRootFilesystem = true
    linuxParameters = {
      initProcessEnabled = true
      capabilities       = { drop = ["ALL"] }
    }
    # Time to keep what was read and to write the report when the task is stopped
    stopTimeout = 120
    mountPoints = [{ sourceVolume = "out", containerPath = "/out", readOnly = false }]
    secrets     = [{ name = "VPC_AUDITOR_EXTERNAL_ID", valueFrom = var.external_id_parameter_arn }]
    command = [
      "audit", "--org",
      "--role-name", var.member_role_name,
      "--external-id", "env:VPC_AUDITOR_EXTERNAL_ID",
      "--history", "s3://${aws_s3_bucket.results.id}/history/",
      "--upload", "s3://${aws_s3_bucket.results.id}/runs/",
      "--notify", "sns=${aws_sns_topic.news.arn}",
      "--fail-on", var.fail_on,
      "--deadline", "8h",
      "--log", "json",
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = local.region
        awslogs-stream-prefix = "audit"
      }
    }
  }])
}
