import type { ButtonHTMLAttributes, Ref } from 'react';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:brightness-110',
  secondary: 'border border-line bg-surface hover:border-line-strong',
  quiet: 'text-secondary hover:bg-ground hover:text-text',
  danger: 'border border-danger bg-danger-soft text-danger hover:brightness-95',
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  small?: boolean;
  ref?: Ref<HTMLButtonElement> | undefined;
}

export function Button({
  look = 'secondary',
  small = false,
  className = '',
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`inline-flex items-center justify-center gap-1.5 rounded-control font-medium disabled:cursor-not-allowed disabled:opacity-50 ${
        small ? 'min-h-8 px-2.5 text-sm' : 'min-h-10 px-4'
      } ${LOOKS[look]} ${className}`}
      {...rest}
    />
  );
}
