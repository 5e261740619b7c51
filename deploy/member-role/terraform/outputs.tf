output "role_arn" {
  description = "Give it to the auditor as --role-arn, or its name as --role-name."
  value       = aws_iam_role.this.arn
}
