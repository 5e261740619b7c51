output "bucket" {
  value = aws_s3_bucket.results.id
}

output "topic_arn" {
  value = aws_sns_topic.news.arn
}

output "task_role_arn" {
  description = "The principal that the member roles have to trust."
  value       = aws_iam_role.task.arn
}
