resource "aws_sns_topic" "news" {
  name_prefix       = "vpc-auditor-"
  kms_master_key_id = aws_kms_key.this.arn
}

resource "aws_sns_topic_subscription" "email" {
  count     = var.alert_email == null ? 0 : 1
  topic_arn = aws_sns_topic.news.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

# Exit codes 0 and 1 are whole audits, without and with findings; the others are not.
resource "aws_cloudwatch_log_metric_filter" "whole_audits" {
  name           = "vpc-auditor-whole-audits"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.event = \"end\" && ($.exitCode = 0 || $.exitCode = 1) }"

  metric_transformation {
    namespace = "vpc-auditor"
    name      = "WholeAudits"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "no_whole_audit" {
  alarm_name          = "vpc-auditor-no-whole-audit"
  alarm_description   = "For a day no audit of vpc-auditor was whole; see the task's log."
  namespace           = "vpc-auditor"
  metric_name         = "WholeAudits"
  statistic           = "Sum"
  period              = 86400
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.news.arn]
  ok_actions          = [aws_sns_topic.news.arn]
}
